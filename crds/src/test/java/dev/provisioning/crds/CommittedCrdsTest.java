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
    compare(DIRECTORY, ".yaml", Crds.files());
  }

  @Test
  void theCommittedReferenceIsWhatTheRecordsSay() throws IOException {
    compare(DIRECTORY.resolveSibling("docs").resolve("reference"), ".md", Reference.files());
  }

  private static void compare(Path directory, String ending, Map<String, String> files)
      throws IOException {
    if (Boolean.getBoolean("crds.write")) {
      Files.createDirectories(directory);
      for (Map.Entry<String, String> file : files.entrySet()) {
        Files.writeString(directory.resolve(file.getKey()), file.getValue());
      }
    }
    assertThat(committed(directory, ending)).isEqualTo(new TreeSet<>(files.keySet()));
    for (Map.Entry<String, String> file : files.entrySet()) {
      assertThat(directory.resolve(file.getKey()))
          .as("run: mvn -pl crds -am test -Dtest=CommittedCrdsTest -Dcrds.write=true")
          .hasContent(file.getValue());
    }
  }

  private static TreeSet<String> committed(Path directory, String ending) throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.map(path -> path.getFileName().toString())
          .filter(name -> name.endsWith(ending))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
