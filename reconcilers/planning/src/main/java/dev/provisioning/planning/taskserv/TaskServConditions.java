package dev.provisioning.planning.taskserv;

import dev.provisioning.api.Condition;
import dev.provisioning.api.ConditionStatus;
import dev.provisioning.api.taskserv.TaskServStatus;
import dev.provisioning.planning.Conditions;
import dev.provisioning.planning.Plan;
import dev.provisioning.spi.model.Failure;
import java.util.List;
import java.util.Optional;

/**
 * Ready, Healthy, DependenciesReady, UpToDate, InSync; Reconciling, Stalled, Suspended while True.
 */
final class TaskServConditions {
  static final String HEALTHY = "Healthy";
  static final String DEPENDENCIES_READY = "DependenciesReady";
  static final String UP_TO_DATE = "UpToDate";
  static final String IN_SYNC = "InSync";

  private final Assessment assessment;
  private final TaskServInput input;
  private final TaskServStatus status;
  private final Obstacles obstacles;
  private final Conditions conditions;

  private TaskServConditions(
      Assessment assessment, Plan<TaskServAction> plan, TaskServStatus status) {
    this.assessment = assessment;
    this.input = assessment.input();
    this.status = status;
    this.obstacles = new Obstacles(assessment, plan, status);
    this.conditions =
        new Conditions(
            input.status().map(TaskServStatus::conditions).orElse(List.of()),
            input.ref().generation(),
            input.now());
  }

  static List<Condition> of(
      Assessment assessment, Plan<TaskServAction> plan, TaskServStatus status) {
    return new TaskServConditions(assessment, plan, status).all();
  }

  private List<Condition> all() {
    Optional<Obstacle> obstacle = obstacles.first();
    if (obstacle.isPresent()) {
      conditions.set(Conditions.READY, false, obstacle.get().reason(), obstacle.get().message());
    } else {
      conditions.set(Conditions.READY, true, "Running", runs());
    }
    healthy();
    dependencies();
    upToDate();
    inSync();
    if (Boolean.TRUE.equals(input.spec().suspend())) {
      conditions.set(Conditions.SUSPENDED, true, "Suspended", "spec.suspend is true");
    }
    progress(obstacle);
    return conditions.list();
  }

  private String runs() {
    int count = status.servers().size();
    String where =
        count == 1 ? "on " + status.servers().getFirst().name() : "on " + count + " machines";
    String version = status.installedVersion() == null ? "" : " " + status.installedVersion();
    return input.ref().name() + version + " runs " + where;
  }

  private void healthy() {
    Optional<Obstacle> ill = obstacles.ill();
    boolean any = status.servers().stream().anyMatch(m -> m.version() != null);
    if (ill.isPresent()) {
      conditions.set(HEALTHY, false, ill.get().reason(), ill.get().message());
    } else if (!any) {
      conditions.set(HEALTHY, ConditionStatus.Unknown, "NotInstalled", "nothing is installed yet");
    } else {
      conditions.set(HEALTHY, true, "ChecksSucceed", "all health checks succeed");
    }
  }

  private void dependencies() {
    if (input.ref().deleting()) {
      return;
    }
    if (assessment.dependency().isPresent()) {
      Failure why = assessment.dependency().get();
      conditions.set(DEPENDENCIES_READY, false, why.reason(), why.message());
    } else {
      conditions.set(DEPENDENCIES_READY, true, "AllReady", "everything it requires is there");
    }
  }

  private void upToDate() {
    boolean all =
        assessment.resolution().isPresent()
            && !assessment.rollsBack()
            && assessment.targets().stream().allMatch(MemberState::settled);
    if (all) {
      conditions.set(UP_TO_DATE, true, "AsSpecified", "version and configuration are as specified");
    } else if (assessment.rollsBack()) {
      conditions.set(
          UP_TO_DATE, false, "RolledBack", "the previous version and configuration were put back");
    } else {
      conditions.set(UP_TO_DATE, false, "ChangesPending", "not all machines are as specified yet");
    }
  }

  private void inSync() {
    if (status.drift().isEmpty()) {
      conditions.set(IN_SYNC, true, "AsApplied", "no drift was found");
      return;
    }
    var first = status.drift().getFirst();
    conditions.set(
        IN_SYNC,
        false,
        "DriftDetected",
        "%s on %s: %s should be %s and is %s"
            .formatted(
                status.drift().size() == 1
                    ? "1 difference"
                    : status.drift().size() + " differences, the first",
                first.server(),
                first.field(),
                first.desired(),
                first.observed()));
  }

  private void progress(Optional<Obstacle> obstacle) {
    if (obstacle.isEmpty()) {
      return;
    }
    Obstacle why = obstacle.get();
    boolean held = why.reason().equals("Suspended") || why.reason().equals("PlanOnly");
    boolean stalled = obstacles.stalls() || why.reason().equals("RolledBack");
    boolean ill = why.reason().equals("Unhealthy");
    if (stalled || ill) {
      conditions.set(Conditions.STALLED, true, why.reason(), why.message());
    } else if (!held) {
      boolean retries = !assessment.remembered().failures().isEmpty();
      conditions.set(
          Conditions.RECONCILING,
          true,
          retries ? "ProgressingWithRetry" : why.reason(),
          why.message());
    }
  }
}
