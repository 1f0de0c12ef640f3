package dev.provisioning.planning.workflow;

import dev.provisioning.api.Condition;
import dev.provisioning.api.ConditionStatus;
import dev.provisioning.planning.Conditions;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** How a resource is, by the rules of kstatus: any kind can be asked. */
public sealed interface ChildHealth {
  record Well() implements ChildHealth {}

  /** {@code progress} is in percent, if the resource tells. */
  record OnItsWay(String message, Optional<Integer> progress) implements ChildHealth {}

  /** Only a person can help. */
  record Stuck(String reason, String message) implements ChildHealth {}

  /** From the generation of the spec and what the status says; all but the first may be absent. */
  static ChildHealth of(
      long generation, Long observed, List<Condition> conditions, Integer progress) {
    if (observed == null || observed < generation) {
      return new OnItsWay("nobody has looked at its spec yet", Optional.empty());
    }
    Optional<Condition> stalled = holding(conditions, Conditions.STALLED);
    if (stalled.isPresent()) {
      return new Stuck(stalled.get().reason(), message(stalled.get()));
    }
    boolean reconciling = holding(conditions, Conditions.RECONCILING).isPresent();
    if (holding(conditions, Conditions.READY).isPresent() && !reconciling) {
      return new Well();
    }
    return new OnItsWay(
        Conditions.find(conditions, Conditions.READY)
            .map(ChildHealth::message)
            .orElse("it is not ready yet"),
        Optional.ofNullable(progress));
  }

  private static Optional<Condition> holding(List<Condition> conditions, String type) {
    return Conditions.find(conditions, type).filter(c -> c.status() == ConditionStatus.True);
  }

  private static String message(Condition condition) {
    return Objects.requireNonNullElse(condition.message(), condition.reason());
  }
}
