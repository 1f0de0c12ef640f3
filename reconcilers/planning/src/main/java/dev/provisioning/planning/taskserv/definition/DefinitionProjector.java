package dev.provisioning.planning.taskserv.definition;

import dev.provisioning.api.Condition;
import dev.provisioning.api.taskserv.TaskServDefinitionStatus;
import dev.provisioning.api.taskserv.TaskServDefinitionStatusBuilder;
import dev.provisioning.api.taskserv.VersionSource;
import dev.provisioning.planning.Conditions;
import dev.provisioning.planning.Plan;
import dev.provisioning.planning.Projection;
import dev.provisioning.planning.Projector;
import dev.provisioning.planning.ResourceRef;
import dev.provisioning.planning.taskserv.design.Versions;
import dev.provisioning.spi.model.Failure;
import java.util.List;

/** Says whether a definition can be used, and why one that is deleted is still there. */
public final class DefinitionProjector
    implements Projector<DefinitionInput, DefinitionAction, TaskServDefinitionStatus> {
  static final String VALID = "Valid";
  static final String INVALID = "DefinitionInvalid";

  @Override
  public Projection<TaskServDefinitionStatus> project(
      DefinitionInput input, Plan<DefinitionAction> plan) {
    List<String> problems = DefinitionRules.check(input.spec());
    TaskServDefinitionStatus status =
        TaskServDefinitionStatusBuilder.builder()
            .observedGeneration(input.ref().generation())
            .conditions(conditions(input, plan, problems))
            .defaultVersion(Versions.usual(input.spec()).orElse(null))
            .latestVersion(Versions.newest(input.spec()).orElse(null))
            .availableVersion(announced(input))
            .hash(DefinitionPlanner.kept(input).orElse(null))
            .lastHandledReconcileAt(
                input.ref().annotation(ResourceRef.RECONCILE_REQUESTED_AT).orElse(null))
            .build();
    return new Projection<>(status, events(input, plan, problems));
  }

  private static List<Condition> conditions(
      DefinitionInput input, Plan<DefinitionAction> plan, List<String> problems) {
    Conditions next = new Conditions(before(input), input.ref().generation(), input.now());
    if (plan.blocker().isPresent()) {
      Failure why = plan.blocker().get();
      return next.set(Conditions.READY, false, why.reason(), why.message())
          .set(Conditions.RECONCILING, true, why.reason(), why.message())
          .list();
    }
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

  /** What was announced once stays known while nobody answers. */
  private static String announced(DefinitionInput input) {
    VersionSource source = input.spec().versionSource();
    if (source == null || source.gitHub() == null) {
      return null;
    }
    return input
        .releases()
        .known()
        .flatMap(releases -> Announcements.newest(source.gitHub(), releases))
        .or(() -> input.status().map(TaskServDefinitionStatus::availableVersion))
        .orElse(null);
  }

  private static List<Condition> before(DefinitionInput input) {
    return input.status().map(TaskServDefinitionStatus::conditions).orElse(List.of());
  }

  /** Told once per transition. */
  private static List<Projection.Event> events(
      DefinitionInput input, Plan<DefinitionAction> plan, List<String> problems) {
    if (plan.blocker().isPresent()) {
      Failure why = plan.blocker().get();
      boolean told = Conditions.find(before(input), Conditions.RECONCILING).isPresent();
      return told ? List.of() : List.of(new Projection.Event(true, why.reason(), why.message()));
    }
    boolean told = Conditions.find(before(input), Conditions.STALLED).isPresent();
    return problems.isEmpty() || told
        ? List.of()
        : List.of(new Projection.Event(true, INVALID, String.join("; ", problems)));
  }
}
