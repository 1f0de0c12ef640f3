package dev.provisioning.planning;

import dev.provisioning.spi.model.Failure;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What this process knows of the effects it started for one resource: those under way, with their
 * latest progress, and those that ended since the last published status. Empty after a restart:
 * then facts and intents decide.
 *
 * @param running progress by action key; the value's type belongs to the action's kind
 * @param finished outcomes by action key
 */
public record Ledger(Map<String, Optional<Object>> running, Map<String, Outcome> finished) {
  public Ledger {
    running = Map.copyOf(running);
    finished = Map.copyOf(finished);
  }

  /** What a process that just started knows. */
  public static Ledger empty() {
    return new Ledger(Map.of(), Map.of());
  }

  /** Whether the action of this key was started here and has not ended. */
  public boolean isRunning(String key) {
    return running.containsKey(key);
  }

  /** Empty while it runs, when it was never started here, and once its end was published. */
  public Optional<Outcome> outcome(String key) {
    return Optional.ofNullable(finished.get(key));
  }

  /** How one effect ended. */
  public sealed interface Outcome {
    Instant at();
  }

  /** {@code result} is what the effect returned, if anything (an {@code Accepted}, a report …). */
  public record Succeeded(Instant at, Optional<Object> result) implements Outcome {}

  /** {@code failure} says whether it may have happened all the same. */
  public record Failed(Instant at, Failure failure) implements Outcome {}
}
