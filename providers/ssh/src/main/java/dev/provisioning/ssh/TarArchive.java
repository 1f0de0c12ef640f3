package dev.provisioning.ssh;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes small ustar archives (POSIX.1-1988, §10.1.1): files of mode 0600, no times, so equal
 * contents give equal bytes.
 */
final class TarArchive {
  private static final int BLOCK = 512;
  private static final int NAME = 100;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final StringBuilder manifest = new StringBuilder();

  TarArchive add(String name, String content) {
    return add(name, content.getBytes(StandardCharsets.UTF_8));
  }

  private TarArchive add(String name, byte[] content) {
    if (name.getBytes(StandardCharsets.UTF_8).length >= NAME) {
      throw SshFailures.badBundle("too long a name in an archive: " + name);
    }
    out.writeBytes(header(name, content.length));
    out.writeBytes(content);
    out.writeBytes(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
    manifest.append(Agent.sha256(content)).append("  ").append(name).append('\n');
    return this;
  }

  /** Adds a file {@code manifest} for {@code sha256sum --check} over all files so far. */
  TarArchive seal() {
    return add("manifest", manifest.toString());
  }

  byte[] bytes() {
    var end = new ByteArrayOutputStream(out.size() + 2 * BLOCK);
    end.writeBytes(out.toByteArray());
    end.writeBytes(new byte[2 * BLOCK]);
    return end.toByteArray();
  }

  private static byte[] header(String name, int size) {
    var header = new byte[BLOCK];
    put(header, 0, name);
    put(header, 100, "0000600\0");
    put(header, 108, "0000000\0");
    put(header, 116, "0000000\0");
    put(header, 124, "%011o\0".formatted(size));
    put(header, 136, "00000000000\0");
    Arrays.fill(header, 148, 156, (byte) ' ');
    header[156] = '0';
    put(header, 257, "ustar\00000");
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    put(header, 148, "%06o\0 ".formatted(sum));
    return header;
  }

  private static void put(byte[] header, int at, String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }
}
