package dev.provisioning.planning.workspace;

import java.math.BigDecimal;

/** What Servers are together; sizes in GB. {@code monthlyCost} holds known prices only. */
public record Amounts(int servers, int cores, int memoryGb, int storageGb, BigDecimal monthlyCost) {
  public static final Amounts NONE = new Amounts(0, 0, 0, 0, BigDecimal.ZERO);

  /** Both together, in each respect. */
  public Amounts plus(Amounts other) {
    return new Amounts(
        servers + other.servers,
        cores + other.cores,
        memoryGb + other.memoryGb,
        storageGb + other.storageGb,
        monthlyCost.add(other.monthlyCost));
  }

  /** What this is more than {@code other}, in each respect; never less than nothing. */
  public Amounts minus(Amounts other) {
    return new Amounts(
        Math.max(0, servers - other.servers),
        Math.max(0, cores - other.cores),
        Math.max(0, memoryGb - other.memoryGb),
        Math.max(0, storageGb - other.storageGb),
        monthlyCost.subtract(other.monthlyCost).max(BigDecimal.ZERO));
  }

  /** Nothing of anything, a cost of zero included. */
  public boolean isNothing() {
    return servers == 0
        && cores == 0
        && memoryGb == 0
        && storageGb == 0
        && monthlyCost.signum() == 0;
  }
}
