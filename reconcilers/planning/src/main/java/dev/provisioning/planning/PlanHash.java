package dev.provisioning.planning;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The name of a plan: 16 hex digits over its actions' keys, names and descriptions, in order. The
 * same plan has the same hash in every process and version.
 */
public record PlanHash(String value) {
  private static final int LENGTH = 16;

  /** Of nothing, too: an empty plan has a hash of its own. */
  public static PlanHash of(List<? extends Action> actions) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Action action : actions) {
        String line =
            action.key() + "\u0000" + action.name() + "\u0000" + action.description() + "\n";
        digest.update(line.getBytes(StandardCharsets.UTF_8));
      }
      return new PlanHash(HexFormat.of().formatHex(digest.digest()).substring(0, LENGTH));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
