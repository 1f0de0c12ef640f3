package dev.provisioning.spi.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The name of one try of one effect: 32 lowercase hex digits. The same try has the same key. */
public record IdempotencyKey(String value) {
  private static final int LENGTH = 32;

  public IdempotencyKey {
    if (!value.matches("[0-9a-f]{32}")) {
      throw new IllegalArgumentException("not 32 hex digits: " + value);
    }
  }

  /**
   * First 32 hex digits of SHA-256({@code uid/incarnation/action}); action like {@code create#0}.
   */
  public static IdempotencyKey of(String uid, int incarnation, String action) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest((uid + "/" + incarnation + "/" + action).getBytes(StandardCharsets.UTF_8));
      return new IdempotencyKey(HexFormat.of().formatHex(digest).substring(0, LENGTH));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
