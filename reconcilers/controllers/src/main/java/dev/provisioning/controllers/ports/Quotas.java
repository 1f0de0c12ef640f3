package dev.provisioning.controllers.ports;

import dev.provisioning.spi.model.Failure;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * Room within the limits of Workspaces. Reservations are atomic over all Servers of a Workspace, so
 * that any number of parallel creates never exceeds a limit. They live in memory: after a restart
 * Servers that have a machine or an intent reserve again and are never refused for what they have.
 */
public interface Quotas {
  /**
   * Reserves {@code usage} for the Server {@code uid}, in place of what it had reserved before.
   * Empty: it fits. Otherwise {@code Waiting(QuotaExceeded)} whose message names limit, use and
   * demand; the earlier reservation stands.
   *
   * @param held the machine exists or may exist already: counted, never refused
   */
  Optional<Failure> reserve(
      String namespace, String workspace, String uid, Usage usage, boolean held);

  /** Gives back everything reserved for this Server; the Servers that wait are woken. */
  void release(String uid);

  /** What one Server uses; {@code monthlyCost} is empty when the price is unknown. */
  record Usage(
      int servers, int cores, int memoryGb, int storageGb, Optional<BigDecimal> monthlyCost) {}

  /** No limits at all. */
  static Quotas unlimited() {
    return new Quotas() {
      @Override
      public Optional<Failure> reserve(
          String namespace, String workspace, String uid, Usage usage, boolean held) {
        return Optional.empty();
      }

      @Override
      public void release(String uid) {
        // Nothing was reserved.
      }
    };
  }
}
