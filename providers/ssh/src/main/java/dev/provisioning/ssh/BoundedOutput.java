package dev.provisioning.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The last {@value #LIMIT} bytes of a stream. */
final class BoundedOutput {
  static final int LIMIT = 64 * 1024;
  private final byte[] kept = new byte[LIMIT];
  private long total;

  /** Reads to the end, or until the channel breaks: what came before stays readable. */
  void readAll(InputStream in) throws IOException {
    var buffer = new byte[8192];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      add(buffer, n);
    }
  }

  private synchronized void add(byte[] bytes, int count) {
    for (int i = 0; i < count; i++) {
      kept[(int) (total++ % LIMIT)] = bytes[i];
    }
  }

  synchronized String text() {
    if (total <= LIMIT) {
      return new String(kept, 0, (int) total, StandardCharsets.UTF_8);
    }
    int start = (int) (total % LIMIT);
    var whole = new byte[LIMIT];
    System.arraycopy(kept, start, whole, 0, LIMIT - start);
    System.arraycopy(kept, 0, whole, LIMIT - start, start);
    return new String(whole, StandardCharsets.UTF_8);
  }
}
