package dev.provisioning.planning;

import dev.provisioning.spi.model.Failure;
import java.time.Duration;
import java.util.Optional;

/**
 * The one table from a failure to what follows: is the resource stalled (only a person can cure it)
 * or reconciling (time can), is the event a warning, when to try again, and the metric label.
 */
public record FailurePolicy(
    boolean stalled, boolean warning, Optional<Duration> retryAfter, String label) {
  /** {@code failuresInARow} counts from 1; {@code seed} is the resource's uid. */
  public static FailurePolicy of(Failure failure, int failuresInARow, String seed) {
    Duration backoff = Backoff.after(failuresInARow, seed);
    return switch (failure) {
      case Failure.Invalid f -> new FailurePolicy(true, true, Optional.empty(), "invalid");
      case Failure.Denied f ->
          new FailurePolicy(true, true, Optional.of(Duration.ofSeconds(60)), "denied");
      case Failure.Waiting f ->
          new FailurePolicy(false, false, Optional.of(f.retryAfter()), "waiting");
      case Failure.Transient f ->
          new FailurePolicy(false, true, Optional.of(longer(f.retryAfter(), backoff)), "transient");
      case Failure.Conflict f -> new FailurePolicy(true, true, Optional.of(backoff), "conflict");
      case Failure.OutcomeUnknown f ->
          new FailurePolicy(false, true, Optional.of(Duration.ofSeconds(1)), "unknown");
      case Failure.Permanent f ->
          new FailurePolicy(true, true, Optional.of(Duration.ofSeconds(60)), "permanent");
      case Failure.Bug f -> new FailurePolicy(false, true, Optional.of(backoff), "bug");
    };
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }
}
