package dev.provisioning.planning.cluster;

import dev.provisioning.api.Condition;
import dev.provisioning.api.cluster.ClusterStatus;
import dev.provisioning.planning.Conditions;
import dev.provisioning.planning.Plan;
import dev.provisioning.planning.cluster.ClusterPlanner.Decided;
import java.util.List;
import java.util.Optional;

/**
 * Ready, MembersReady, ComponentsReady, RolloutComplete; Reconciling, Stalled and Suspended while
 * True.
 */
final class ClusterConditions {
  static final String MEMBERS_READY = "MembersReady";
  static final String COMPONENTS_READY = "ComponentsReady";
  static final String ROLLOUT_COMPLETE = "RolloutComplete";
  static final String ROLLED_BACK = "RolledBack";

  private final ClusterInput input;
  private final Decided decided;
  private final Plan<ClusterAction> plan;
  private final ClusterStatus status;
  private final Roll roll;
  private final Conditions conditions;

  private ClusterConditions(
      ClusterInput input, Decided decided, Plan<ClusterAction> plan, ClusterStatus status) {
    this.input = input;
    this.decided = decided;
    this.plan = plan;
    this.status = status;
    this.roll = new Roll(input, decided);
    this.conditions =
        new Conditions(input.status().conditions(), input.ref().generation(), input.now());
  }

  static List<Condition> of(
      ClusterInput input, Decided decided, Plan<ClusterAction> plan, ClusterStatus status) {
    return new ClusterConditions(input, decided, plan, status).all();
  }

  private List<Condition> all() {
    Optional<Obstacle> obstacle = Obstacles.first(input, decided, plan, status);
    if (obstacle.isPresent()) {
      conditions.set(Conditions.READY, false, obstacle.get().reason(), obstacle.get().message());
    } else {
      conditions.set(
          Conditions.READY,
          true,
          "Ready",
          "%d machines and %d services are ready"
              .formatted(status.members().size(), status.components().size()));
    }
    decided.assessment().ifPresent(assessment -> parts(assessment));
    if (Boolean.TRUE.equals(input.spec().suspend())) {
      conditions.set(Conditions.SUSPENDED, true, Gates.SUSPENDED, "spec.suspend is true");
    }
    obstacle.ifPresent(this::progress);
    return conditions.list();
  }

  private void progress(Obstacle why) {
    boolean held = why.reason().equals(Gates.SUSPENDED) || why.reason().equals(Gates.PLAN_ONLY);
    if (why.stalls()) {
      conditions.set(Conditions.STALLED, true, why.reason(), why.message());
    } else if (!held) {
      boolean retries = !status.failures().isEmpty();
      conditions.set(
          Conditions.RECONCILING,
          true,
          retries ? "ProgressingWithRetry" : why.reason(),
          why.message());
    }
  }

  private void parts(Assessment assessment) {
    boolean members = roll.membersReady(assessment.target());
    part(MEMBERS_READY, members, members ? "all machines are ready" : Unready.members(status));
    boolean components = roll.componentsReady(assessment.target());
    part(
        COMPONENTS_READY,
        components,
        components ? "all services are ready" : Unready.components(status));
    rollout(assessment.course());
  }

  private void part(String type, boolean ready, String message) {
    conditions.set(type, ready, ready ? "AllReady" : "NotAllReady", message);
  }

  private void rollout(Course course) {
    if (course.rejected().isPresent()) {
      String why = Unready.rejected(course.rejected().get());
      conditions.set(ROLLOUT_COMPLETE, false, ROLLED_BACK, why);
      return;
    }
    boolean complete = course.isLastGoodOf(status);
    conditions.set(
        ROLLOUT_COMPLETE,
        complete,
        complete ? "AsSpecified" : "ChangesPending",
        complete
            ? "machines and services are as specified"
            : "not all machines and services are as specified yet");
  }
}
