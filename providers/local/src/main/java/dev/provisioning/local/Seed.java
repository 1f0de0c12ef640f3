package dev.provisioning.local;

import dev.provisioning.spi.model.MachineRequest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** The NoCloud seed of cloud-init as a tar for the root of the machine's file system. */
final class Seed {
  private static final String DIRECTORY = "var/lib/cloud/seed/nocloud/";
  private static final int PRIVATE = 0600;

  /** Written last: who has it in full has all of the seed. */
  static final String LAST = "/" + DIRECTORY + "user-data";

  private Seed() {}

  /** The instance id is the key: a restart of the machine is no new instance. */
  static InputStream tar(MachineRequest request) {
    String metaData =
        "instance-id: %s\nlocal-hostname: %s\n".formatted(request.key(), request.hostname());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      add(tar, "meta-data", metaData);
      add(tar, "user-data", userData(request));
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return new ByteArrayInputStream(bytes.toByteArray());
  }

  /** Whether a tar with the one file {@link #LAST} holds this request's. */
  static boolean isLast(InputStream tar, MachineRequest request) throws IOException {
    byte[] wanted = userData(request).getBytes(StandardCharsets.UTF_8);
    TarArchiveInputStream entries = new TarArchiveInputStream(tar);
    return entries.getNextEntry() != null && Arrays.equals(entries.readAllBytes(), wanted);
  }

  private static String userData(MachineRequest request) {
    String text = request.userData().text();
    return text.isEmpty() ? "#cloud-config\n{}\n" : text;
  }

  private static void add(TarArchiveOutputStream tar, String name, String text) throws IOException {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    TarArchiveEntry entry = new TarArchiveEntry(DIRECTORY + name);
    entry.setSize(content.length);
    entry.setMode(PRIVATE);
    entry.setModTime(0);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }
}
