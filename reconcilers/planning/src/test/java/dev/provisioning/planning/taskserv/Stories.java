package dev.provisioning.planning.taskserv;

import dev.provisioning.planning.StoryFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestInfo;

/**
 * TaskServs as stories: {@code src/test/resources/taskserv/stories/*.txt}, one per test, in the
 * order in which people would see it. Run with {@code -Dstories.write=true} after a wanted change,
 * and read the difference.
 */
abstract class Stories {
  final Scene scene = new Scene().define("redis");

  void chapter(String title) {
    scene.chronicle.chapter(title);
  }

  @AfterEach
  void compare(TestInfo info) {
    StoryFile.compare("taskserv", info, scene.chronicle.lines());
  }
}
