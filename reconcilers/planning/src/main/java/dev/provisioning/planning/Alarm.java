package dev.provisioning.planning;

import java.time.Instant;
import java.util.Optional;

/**
 * When to look again if no event comes before: the earliest of all the times that it was set to.
 */
public final class Alarm {
  private Optional<Instant> earliest = Optional.empty();

  /** A later time than one before changes nothing. */
  public void set(Instant at) {
    earliest = Optional.of(earliest.filter(before -> before.isBefore(at)).orElse(at));
  }

  /** Empty: it was never set. */
  public Optional<Instant> earliest() {
    return earliest;
  }
}
