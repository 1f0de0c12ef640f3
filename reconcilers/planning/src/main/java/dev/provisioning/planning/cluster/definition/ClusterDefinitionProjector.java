package dev.provisioning.planning.cluster.definition;

import dev.provisioning.api.Condition;
import dev.provisioning.api.cluster.ClusterDefinitionStatus;
import dev.provisioning.api.cluster.ClusterDefinitionStatusBuilder;
import dev.provisioning.planning.Action;
import dev.provisioning.planning.Conditions;
import dev.provisioning.planning.Plan;
import dev.provisioning.planning.Projection;
import dev.provisioning.planning.Projector;
import dev.provisioning.planning.ResourceRef;
import dev.provisioning.planning.cluster.topology.DefinitionCheck;
import java.util.List;

/** Says whether a definition can be used. There is nothing to do for it, so its plan is empty. */
public final class ClusterDefinitionProjector
    implements Projector<ClusterDefinitionInput, Action, ClusterDefinitionStatus> {
  private static final String VALID = "Valid";
  private static final String INVALID = "DefinitionInvalid";

  @Override
  public Projection<ClusterDefinitionStatus> project(
      ClusterDefinitionInput input, Plan<Action> plan) {
    List<String> problems = DefinitionCheck.check(input.spec());
    ClusterDefinitionStatus status =
        ClusterDefinitionStatusBuilder.builder()
            .observedGeneration(input.ref().generation())
            .conditions(conditions(input, problems))
            .lastHandledReconcileAt(
                input.ref().annotation(ResourceRef.RECONCILE_REQUESTED_AT).orElse(null))
            .build();
    return new Projection<>(status, events(input, problems));
  }

  private static List<Condition> conditions(ClusterDefinitionInput input, List<String> problems) {
    List<Condition> before =
        input.status().map(ClusterDefinitionStatus::conditions).orElse(List.of());
    Conditions next = new Conditions(before, input.ref().generation(), input.now());
    if (problems.isEmpty()) {
      String message =
          "%d pools and %d components"
              .formatted(input.spec().nodePools().size(), input.spec().components().size());
      return next.set(Conditions.READY, true, VALID, message).list();
    }
    String message = String.join("; ", problems);
    return next.set(Conditions.READY, false, INVALID, message)
        .set(Conditions.STALLED, true, INVALID, message)
        .list();
  }

  /** Told once per transition. */
  private static List<Projection.Event> events(
      ClusterDefinitionInput input, List<String> problems) {
    boolean told =
        input
            .status()
            .filter(status -> Conditions.find(status.conditions(), Conditions.STALLED).isPresent())
            .isPresent();
    return problems.isEmpty() || told
        ? List.of()
        : List.of(new Projection.Event(true, INVALID, String.join("; ", problems)));
  }
}
