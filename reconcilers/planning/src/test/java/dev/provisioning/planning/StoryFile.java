package dev.provisioning.planning;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.TestInfo;

/**
 * The story that a test tells, in a file of its method's name below {@code
 * src/test/resources/<kind>/stories}; {@code -Dstories.write=true} writes it anew.
 */
public final class StoryFile {
  private static final Pattern HASH = Pattern.compile("\\b[0-9a-f]{16}\\b");

  private StoryFile() {}

  /** Fails where the lines differ from what the file of this test says. */
  public static void compare(String kind, TestInfo test, List<String> told) {
    Path file =
        Path.of("src/test/resources", kind, "stories")
            .resolve(test.getTestMethod().orElseThrow().getName() + ".txt");
    String story = String.join("\n", told).strip() + "\n";
    try {
      if (Boolean.getBoolean("stories.write")) {
        Files.createDirectories(file.getParent());
        Files.writeString(file, story);
      }
      assertThat(story).isEqualTo(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Hashes are named in order of appearance, since they tell people nothing. */
  public static List<String> named(List<String> told) {
    Map<String, String> names = new LinkedHashMap<>();
    return told.stream()
        .map(
            line ->
                HASH.matcher(line)
                    .replaceAll(
                        m -> names.computeIfAbsent(m.group(), h -> "#" + (names.size() + 1))))
        .toList();
  }
}
