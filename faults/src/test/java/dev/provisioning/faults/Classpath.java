package dev.provisioning.faults;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** This process's class path in archives only: then children share one class data archive. */
final class Classpath {
  private Classpath() {}

  /** {@code place} gets the archives of what Maven keeps in directories. */
  static String archived(Path place) throws IOException {
    Files.createDirectories(place);
    List<String> all = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path path = Path.of(entry);
      if (Files.isDirectory(path)) {
        Path archive = place.resolve(all.size() + ".jar");
        zip(path, archive);
        all.add(archive.toString());
      } else if (Files.exists(path)) {
        all.add(entry);
      }
    }
    return String.join(File.pathSeparator, all);
  }

  private static void zip(Path directory, Path archive) throws IOException {
    try (Stream<Path> files = Files.walk(directory);
        OutputStream out = Files.newOutputStream(archive);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.setLevel(0);
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        zip.putNextEntry(new ZipEntry(directory.relativize(file).toString()));
        Files.copy(file, zip);
      }
    }
  }
}
