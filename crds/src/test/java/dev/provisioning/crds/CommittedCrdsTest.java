package dev.provisioning.crds;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The committed files are what the records say; {@code -Dcrds.write=true} writes them again. */
class CommittedCrdsTest {
  private static final Path DIRECTORY = Path.of("").toAbsolutePath();

  @Test
  void theCommittedCrdsAreWhatTheRecordsSay() throws IOException {
    Map<String, String> files = Crds.files();
    if (Boolean.getBoolean("crds.write")) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        Files.writeString(DIRECTORY.resolve(file.getKey()), file.getValue());
      }
    }
    assertThat(committed()).isEqualTo(new TreeSet<>(files.keySet()));
    for (Map.Entry<String, String> file : files.entrySet()) {
      assertThat(DIRECTORY.resolve(file.getKey()))
          .as("run: mvn -pl crds -am test -Dtest=CommittedCrdsTest -Dcrds.write=true")
          .hasContent(file.getValue());
    }
  }

  private static TreeSet<String> committed() throws IOException {
    try (Stream<Path> all = Files.list(DIRECTORY)) {
      return all.map(path -> path.getFileName().toString())
          .filter(name -> name.endsWith(".yaml"))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
