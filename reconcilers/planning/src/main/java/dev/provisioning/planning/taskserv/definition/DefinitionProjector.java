package dev.provisioning.planning.taskserv.definition;

import dev.provisioning.api.Condition;
import dev.provisioning.api.taskserv.TaskServDefinitionStatus;
import dev.provisioning.api.taskserv.TaskServDefinitionStatusBuilder;
import dev.provisioning.planning.Action;
import dev.provisioning.planning.Conditions;
import dev.provisioning.planning.Plan;
import dev.provisioning.planning.Projection;
import dev.provisioning.planning.Projector;
import dev.provisioning.planning.ResourceRef;
import dev.provisioning.planning.taskserv.design.Versions;
import java.util.List;

/** Says whether a definition can be used. There is nothing to do for it, so its plan is empty. */
public final class DefinitionProjector
    implements Projector<DefinitionInput, Action, TaskServDefinitionStatus> {
  static final String VALID = "Valid";
  static final String INVALID = "DefinitionInvalid";

  @Override
  public Projection<TaskServDefinitionStatus> project(DefinitionInput input, Plan<Action> plan) {
    List<String> problems = DefinitionRules.check(input.spec());
    TaskServDefinitionStatus status =
        TaskServDefinitionStatusBuilder.builder()
            .observedGeneration(input.ref().generation())
            .conditions(conditions(input, problems))
            .defaultVersion(Versions.usual(input.spec()).orElse(null))
            .latestVersion(Versions.newest(input.spec()).orElse(null))
            .lastHandledReconcileAt(
                input.ref().annotation(ResourceRef.RECONCILE_REQUESTED_AT).orElse(null))
            .build();
    return new Projection<>(status, events(input, problems));
  }

  private static List<Condition> conditions(DefinitionInput input, List<String> problems) {
    List<Condition> before =
        input.status().map(TaskServDefinitionStatus::conditions).orElse(List.of());
    Conditions next = new Conditions(before, input.ref().generation(), input.now());
    if (problems.isEmpty()) {
      return next.set(Conditions.READY, true, VALID, sentence(input)).list();
    }
    String message = String.join("; ", problems);
    return next.set(Conditions.READY, false, INVALID, message)
        .set(Conditions.STALLED, true, INVALID, message)
        .list();
  }

  private static String sentence(DefinitionInput input) {
    int versions = input.spec().versions().size();
    return "%d %s; %s unless a TaskServ says otherwise"
        .formatted(
            versions,
            versions == 1 ? "version" : "versions",
            Versions.usual(input.spec()).orElse("none"));
  }

  /** Told once per transition. */
  private static List<Projection.Event> events(DefinitionInput input, List<String> problems) {
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
