package dev.provisioning.simulated;

import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Failure;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** Which plans are sold out where, and how many machines the account may have. */
final class Capacity {
  private static final Duration NEXT_TRY = Duration.ofSeconds(60);
  private static final Duration QUOTA_RETRY = Duration.ofMinutes(5);

  private record Offer(String plan, String zone) {}

  private final Set<Offer> soldOut = new HashSet<>();

  void sellOut(String plan, String zone) {
    soldOut.add(new Offer(plan, zone));
  }

  void restock(String plan, String zone) {
    soldOut.remove(new Offer(plan, zone));
  }

  /**
   * @throws ProviderException {@code Waiting(CapacityUnavailable)}
   */
  void require(String plan, String zone) {
    if (soldOut.contains(new Offer(plan, zone))) {
      throw new ProviderException(
          new Failure.Waiting(
              "CapacityUnavailable", "zone %s has no %s left".formatted(zone, plan), NEXT_TRY));
    }
  }

  /**
   * @throws ProviderException {@code Waiting(QuotaExceeded)}
   */
  static void requireQuota(int machines, int allowed) {
    if (machines >= allowed) {
      throw new ProviderException(
          new Failure.Waiting(
              "QuotaExceeded", "the account may have %d machines".formatted(allowed), QUOTA_RETRY));
    }
  }
}
