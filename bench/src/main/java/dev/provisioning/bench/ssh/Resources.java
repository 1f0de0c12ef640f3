package dev.provisioning.bench.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files beside this class. */
final class Resources {
  private Resources() {}

  static String text(String name) throws IOException {
    try (InputStream in = Resources.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  static Path unpack(String name, Path directory) throws IOException {
    return Files.writeString(directory.resolve(name), text(name));
  }

  /** The configuration file of the service, the same for all contenders. */
  static String configuration(String maxmemory) throws IOException {
    return text("redis.conf").replace("@MAXMEMORY@", maxmemory);
  }
}
