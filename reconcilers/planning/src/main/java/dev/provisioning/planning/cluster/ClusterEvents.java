package dev.provisioning.planning.cluster;

import dev.provisioning.api.Condition;
import dev.provisioning.api.ConditionStatus;
import dev.provisioning.api.cluster.ClusterStatus;
import dev.provisioning.planning.Conditions;
import dev.provisioning.planning.Plan;
import dev.provisioning.planning.Projection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What is told once: the beginning of effects, readiness, a revision that failed. */
final class ClusterEvents {
  private static final int TEXT_MAX = 900;

  private ClusterEvents() {}

  static List<Projection.Event> of(
      ClusterInput input, Plan<ClusterAction> plan, ClusterStatus status) {
    List<Projection.Event> events = new ArrayList<>(started(input, plan));
    rejected(input, status).ifPresent(events::add);
    become(input, status, Conditions.READY)
        .map(c -> new Projection.Event(false, c.reason(), c.message()))
        .ifPresent(events::add);
    become(input, status, Conditions.STALLED)
        .map(c -> new Projection.Event(true, c.reason(), c.message()))
        .ifPresent(events::add);
    return events;
  }

  /** One event for all actions of a name that begin in this pass. */
  private static List<Projection.Event> started(ClusterInput input, Plan<ClusterAction> plan) {
    Map<String, List<String>> byName = new LinkedHashMap<>();
    plan.front().stream()
        .filter(action -> !input.ledger().isRunning(action.key()))
        .filter(action -> !(action instanceof ClusterAction.LetGo))
        .forEach(
            action ->
                byName
                    .computeIfAbsent(action.name(), name -> new ArrayList<>())
                    .add(action.description()));
    return byName.entrySet().stream()
        .map(
            e ->
                new Projection.Event(false, e.getKey(), shortened(String.join("; ", e.getValue()))))
        .toList();
  }

  private static Optional<Projection.Event> rejected(ClusterInput input, ClusterStatus status) {
    boolean told = Objects.equals(input.status().rejected(), status.rejected());
    return status.rejected() == null || told
        ? Optional.empty()
        : Optional.of(
            new Projection.Event(
                true,
                "RolloutFailed",
                "%s failed: %s; rolling back"
                    .formatted(status.rejected().child(), status.rejected().message())));
  }

  private static Optional<Condition> become(ClusterInput input, ClusterStatus status, String type) {
    boolean before = holds(input.status().conditions(), type);
    return Conditions.find(status.conditions(), type)
        .filter(c -> c.status() == ConditionStatus.True && !before);
  }

  private static boolean holds(List<Condition> conditions, String type) {
    return Conditions.find(conditions, type)
        .filter(c -> c.status() == ConditionStatus.True)
        .isPresent();
  }

  private static String shortened(String text) {
    return text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX) + "…";
  }
}
