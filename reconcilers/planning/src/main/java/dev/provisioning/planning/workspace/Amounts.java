package dev.provisioning.planning.workspace;

import java.math.BigDecimal;

/** What Servers are together. {@code monthlyCost} holds known prices only. */
public record Amounts(int servers, int cores, int memoryGb, int storageGb, BigDecimal monthlyCost) {
  public static final Amounts NONE = new Amounts(0, 0, 0, 0, BigDecimal.ZERO);

  public Amounts plus(Amounts other) {
    return new Amounts(
        servers + other.servers,
        cores + other.cores,
        memoryGb + other.memoryGb,
        storageGb + other.storageGb,
        monthlyCost.add(other.monthlyCost));
  }
}
