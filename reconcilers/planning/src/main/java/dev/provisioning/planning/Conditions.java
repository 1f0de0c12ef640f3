package dev.provisioning.planning;

import dev.provisioning.api.Condition;
import dev.provisioning.api.ConditionStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Builds the conditions of a status. The transition time of a condition changes with its status
 * only, so that the same facts give the same conditions; what is not set again is dropped.
 */
public final class Conditions {
  public static final String READY = "Ready";
  public static final String RECONCILING = "Reconciling";
  public static final String STALLED = "Stalled";
  public static final String SUSPENDED = "Suspended";
  private static final int MESSAGE_MAX = 2_000;

  private final List<Condition> before;
  private final long generation;
  private final Instant now;
  private final List<Condition> set = new ArrayList<>();

  public Conditions(List<Condition> before, long generation, Instant now) {
    this.before = before;
    this.generation = generation;
    this.now = now.truncatedTo(ChronoUnit.SECONDS);
  }

  /** {@code message} is cut at 2,000 characters. */
  public Conditions set(String type, ConditionStatus status, String reason, String message) {
    Instant since =
        find(before, type)
            .filter(old -> old.status() == status)
            .map(Condition::lastTransitionTime)
            .orElse(now);
    String text = message.length() <= MESSAGE_MAX ? message : message.substring(0, MESSAGE_MAX);
    set.add(new Condition(type, status, reason, text, since, generation));
    return this;
  }

  /** The same for a condition that is known to hold or not. */
  public Conditions set(String type, boolean holds, String reason, String message) {
    return set(type, holds ? ConditionStatus.True : ConditionStatus.False, reason, message);
  }

  /** In the order in which they were set. */
  public List<Condition> list() {
    return List.copyOf(set);
  }

  /** Empty: nothing is said about it, or it is of those that are shown while True only. */
  public static Optional<Condition> find(List<Condition> conditions, String type) {
    return conditions.stream().filter(condition -> condition.type().equals(type)).findFirst();
  }
}
