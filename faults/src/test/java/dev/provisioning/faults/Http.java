package dev.provisioning.faults;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Collectors;

/** As much of HTTP/1.1 as a proxy of one request a connection needs. */
final class Http {
  private static final String END = "\r\n\r\n";
  private static final String REFUSAL =
      "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"reason\":\"Conflict\","
          + "\"message\":\"the object has been modified\",\"code\":409}";

  static final String CONFLICT =
      "HTTP/1.1 409 Conflict\r\nContent-Type: application/json\r\nConnection: close\r\n"
          + "Content-Length: %d%s%s".formatted(REFUSAL.length(), END, REFUSAL);

  private Http() {}

  /** The first line and the headers; empty when the other side left without a word. */
  static String head(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    while (!bytes.toString(StandardCharsets.ISO_8859_1).endsWith(END)) {
      int next = in.read();
      if (next < 0) {
        return "";
      }
      bytes.write(next);
    }
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }

  static int length(String head) {
    return head.lines()
        .filter(line -> lower(line).startsWith("content-length:"))
        .mapToInt(line -> Integer.parseInt(line.substring(line.indexOf(':') + 1).strip()))
        .findFirst()
        .orElse(0);
  }

  /** Asks for the connection's end after the answer, unless it becomes a WebSocket. */
  static String once(String head) {
    if (lower(head).contains("upgrade: websocket")) {
      return head;
    }
    return head.lines()
            .filter(line -> !line.isEmpty() && !aboutConnection(lower(line)))
            .collect(Collectors.joining("\r\n"))
        + "\r\nConnection: close"
        + END;
  }

  private static boolean aboutConnection(String line) {
    return line.startsWith("connection:")
        || line.startsWith("upgrade:")
        || line.startsWith("http2-settings:");
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
