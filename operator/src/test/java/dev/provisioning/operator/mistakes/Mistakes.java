package dev.provisioning.operator.mistakes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The tables: a directory each. {@code -Dmistakes.write=true} writes what is read now into them,
 * {@code -Dmistakes.only=quota} plays those alone whose names hold that. A mistake that names its
 * subjects and no words yet is a draft: it is played when the tables are written, and not before.
 */
final class Mistakes {
  private static final Path FOLDER = Path.of("src/test/resources/mistakes");
  static final boolean WRITE = Boolean.getBoolean("mistakes.write");

  private static final String ONLY = System.getProperty("mistakes.only", "");

  private Mistakes() {}

  /** All of a table, in the order of their names. */
  static List<Mistake> of(String table) {
    try (Stream<Path> files = Files.walk(FOLDER.resolve(table))) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> file.getFileName().toString().contains(ONLY))
          .sorted()
          .map(file -> Mistake.parse(FOLDER.relativize(file).toString(), text(file)))
          .filter(mistake -> WRITE || mistake.isRead())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is expected to be read; when tables are written, what is read becomes that. */
  static List<String> expected(Mistake mistake, List<String> read) {
    if (WRITE) {
      Path file = FOLDER.resolve(mistake.file());
      write(file, mistake.saying(read, text(file)));
      return read;
    }
    return mistake.says();
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The repository's root. */
  static Path repository() {
    return Path.of("..").toAbsolutePath().normalize();
  }
}
