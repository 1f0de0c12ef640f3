package dev.provisioning.planning;

import dev.provisioning.api.Cost;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * The name of a plan: 16 hex digits over its actions' keys, names, descriptions and contents, in
 * order, and over the cost that is shown beside them. The same plan has the same hash in every
 * process and version.
 */
public record PlanHash(String value) {
  private static final int LENGTH = 16;

  /** Of a plan without a price. Of nothing, too: an empty plan has a hash of its own. */
  public static PlanHash of(List<? extends Action> actions) {
    return of(actions, null);
  }

  /** {@code cost} is null, or without amounts, where no price is known. */
  public static PlanHash of(List<? extends Action> actions, Cost cost) {
    StringBuilder text = new StringBuilder();
    for (Action action : actions) {
      String content = action.content().isEmpty() ? "" : "\u0000" + action.content();
      text.append(String.join("\u0000", action.key(), action.name(), action.description()))
          .append(content)
          .append('\n');
    }
    return new PlanHash(shortened(sha256(text.append(line(cost)).toString())));
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static String shortened(byte[] digest) {
    return HexFormat.of().formatHex(digest).substring(0, LENGTH);
  }

  /**
   * The name of the same plan once the approval {@code used}, null for none, counts no more: who
   * wants it carried out again approves it again.
   */
  public PlanHash after(String used) {
    return used == null ? this : new PlanHash(shortened(sha256(value + "\u0000" + used)));
  }

  /** Its first field is empty, where an action has its key: no action reads like a price. */
  private static String line(Cost cost) {
    return cost == null || cost.hourly() == null && cost.monthly() == null
        ? ""
        : "\u0000cost\u0000%s\u0000%s\u0000%s\n"
            .formatted(text(cost.hourly()), text(cost.monthly()), cost.currency());
  }

  private static String text(String amount) {
    return Objects.requireNonNullElse(amount, "");
  }

  @Override
  public String toString() {
    return value;
  }
}
