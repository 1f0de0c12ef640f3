package dev.provisioning.planning.workflow;

import dev.provisioning.planning.Ledger;
import dev.provisioning.spi.model.Failure;
import java.time.Duration;
import java.util.Optional;

/** How an effect of ours stands, and what its failure means for the operation. */
final class Effects {
  private static final Duration AGAIN = Duration.ofSeconds(5);

  private Effects() {}

  static Optional<Object> result(Scope scope, String key) {
    return scope
        .input()
        .ledger()
        .outcome(key)
        .flatMap(
            outcome ->
                outcome instanceof Ledger.Succeeded ok ? ok.result() : Optional.<Object>empty());
  }

  static boolean succeeded(Scope scope, String key) {
    return scope
        .input()
        .ledger()
        .outcome(key)
        .filter(Ledger.Succeeded.class::isInstance)
        .isPresent();
  }

  static Optional<Failure> failure(Scope scope, String key) {
    return scope
        .input()
        .ledger()
        .outcome(key)
        .flatMap(
            outcome ->
                outcome instanceof Ledger.Failed failed
                    ? Optional.of(failed.failure())
                    : Optional.empty());
  }

  /**
   * After which time the effect may be started again within the same try; empty: the try failed.
   */
  static Optional<Duration> again(Failure failure) {
    return switch (failure) {
      case Failure.Waiting f -> Optional.of(f.retryAfter());
      case Failure.Transient f -> Optional.of(longer(f.retryAfter()));
      case Failure.OutcomeUnknown f -> Optional.of(AGAIN);
      case Failure.Invalid f -> Optional.empty();
      case Failure.Denied f -> Optional.empty();
      case Failure.Conflict f -> Optional.empty();
      case Failure.Permanent f -> Optional.empty();
      case Failure.Bug f -> Optional.empty();
    };
  }

  /** Whether another try may bring something else. */
  static boolean repeatable(Failure failure) {
    return !(failure instanceof Failure.Invalid);
  }

  /** Five refused connections within a minute close the door for the next minute. */
  private static Duration longer(Duration said) {
    return said.compareTo(AGAIN) < 0 ? AGAIN : said;
  }
}
