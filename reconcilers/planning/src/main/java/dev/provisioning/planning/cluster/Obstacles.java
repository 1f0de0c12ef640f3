package dev.provisioning.planning.cluster;

import dev.provisioning.api.cluster.ClusterStatus;
import dev.provisioning.api.cluster.Rejected;
import dev.provisioning.planning.FailurePolicy;
import dev.provisioning.planning.Plan;
import dev.provisioning.planning.cluster.ClusterPlanner.Decided;
import dev.provisioning.spi.model.Failure;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the one thing to tell of all that a Cluster still waits for. */
final class Obstacles {
  private static final String REMEDIATION_STOPPED = "RemediationStopped";
  private static final String SPARED =
      "; nothing is taken away, since services that keep data are there: change the spec to try again";

  private final ClusterInput input;
  private final Decided decided;
  private final Plan<ClusterAction> plan;
  private final ClusterStatus status;
  private final Roll roll;

  private Obstacles(
      ClusterInput input, Decided decided, Plan<ClusterAction> plan, ClusterStatus status) {
    this.input = input;
    this.decided = decided;
    this.plan = plan;
    this.status = status;
    this.roll = new Roll(input, decided);
  }

  /** Empty: the Cluster is ready, and has been for long enough. */
  static Optional<Obstacle> first(
      ClusterInput input, Decided decided, Plan<ClusterAction> plan, ClusterStatus status) {
    return new Obstacles(input, decided, plan, status).first();
  }

  /** The first blocking leaf: what a person must do, then what is on its way in graph order. */
  private Optional<Obstacle> first() {
    Optional<Obstacle> blocker = plan.blocker().map(this::obstacle);
    return blocker
        .filter(why -> why.stalls() || Phases.HELD.contains(why.reason()))
        .or(this::rolledBack)
        .or(() -> blocker.filter(w -> w.reason().equals(REMEDIATION_STOPPED)))
        .or(() -> blocker.filter(w -> w.reason().equals("MemberBroken") && heals()))
        .or(this::stalledChild)
        .or(() -> blocker)
        .or(this::unreadyChild)
        .or(this::planned)
        .or(this::notYetGood);
  }

  private Obstacle obstacle(Failure failure) {
    boolean stalls = FailurePolicy.of(failure, 1, input.ref().uid()).stalled();
    boolean hopeless = failure.reason().equals(REMEDIATION_STOPPED);
    return new Obstacle(failure.reason(), failure.message(), stalls || hopeless);
  }

  private Optional<Obstacle> rolledBack() {
    Optional<Course> course =
        decided.assessment().map(Assessment::course).filter(Course::rollsBack);
    return course.map(
        c -> {
          Rejected rejected = c.rejected().orElseThrow();
          boolean settled = plan.isEmpty() && roll.complete(c.target());
          String what =
              c.lastGood().isPresent()
                  ? "what worked before" + scaled(c)
                  : "nothing: what was made is taken away";
          return settled
              ? new Obstacle(
                  ClusterConditions.ROLLED_BACK,
                  "%s; everything is back to %s; change %s to try again"
                      .formatted(Unready.rejected(rejected), what, cure(c)),
                  true)
              : new Obstacle(
                  "RollingBack",
                  "%s; going back to %s".formatted(Unready.rejected(rejected), what),
                  false);
        });
  }

  private static String cure(Course course) {
    return course.scalesWhatWorked() ? "more of the spec than its replicas" : "the spec";
  }

  private static String scaled(Course course) {
    String pools =
        course.scaledSince().entrySet().stream()
            .map(pool -> "%d machines in pool %s".formatted(pool.getValue(), pool.getKey()))
            .collect(Collectors.joining(" and "));
    return pools.isEmpty() ? "" : ", with " + pools;
  }

  /** A child that only a person can help; one that is given up soon is no such child. */
  private Optional<Obstacle> stalledChild() {
    return children()
        .filter(ChildView::stalled)
        .filter(child -> !healed(child))
        .findFirst()
        .map(
            child ->
                spared(child) ? Obstacle.of(child, true).and(SPARED) : Obstacle.of(child, true));
  }

  private boolean spared(ChildView child) {
    return decided
        .assessment()
        .flatMap(a -> a.course().spared(input))
        .filter(child::equals)
        .isPresent();
  }

  /** The machine itself, or a service that suffers from it. */
  private boolean healed(ChildView child) {
    return heals()
        && decided.members().stream()
            .filter(m -> m.brokenSince().isPresent() || !m.stays())
            .anyMatch(
                m ->
                    m.name().equals(child.name())
                        || child instanceof TaskServChild service && service.has(m.name()));
  }

  private boolean heals() {
    return decided
        .assessment()
        .filter(a -> Boolean.TRUE.equals(a.target().remediation().enabled()))
        .isPresent();
  }

  private Optional<Obstacle> unreadyChild() {
    return children()
        .filter(child -> !child.ready())
        .findFirst()
        .map(child -> Obstacle.of(child, false));
  }

  /** In graph order: machines before the services on them. */
  private Stream<ChildView> children() {
    Stream<String> nodes = status.graph().stream().map(node -> node.name());
    Stream<String> ordered =
        input.ref().deleting() ? status.graph().reversed().stream().map(n -> n.name()) : nodes;
    return ordered.flatMap(node -> GraphStates.children(input, node).stream());
  }

  private Optional<Obstacle> planned() {
    return plan.actions().stream()
        .findFirst()
        .map(action -> new Obstacle(action.name(), action.description(), false));
  }

  /** Everything is there; it has to stay healthy for a while before it counts. */
  private Optional<Obstacle> notYetGood() {
    if (input.ref().deleting() || decided.assessment().isEmpty()) {
      return Optional.of(new Obstacle("Deleting", "the Cluster is being deleted", false));
    }
    Assessment assessment = decided.assessment().get();
    if (!roll.complete(assessment.target())) {
      return Optional.of(new Obstacle("NotAllReady", unready(assessment), false));
    }
    return assessment.course().isLastGoodOf(status)
        ? Optional.empty()
        : Optional.of(
            new Obstacle(
                "HealthGate",
                "everything is ready since %s and must stay so for %s"
                    .formatted(
                        assessment.healthySince().orElseThrow(), assessment.rollout().healthGate()),
                false));
  }

  private String unready(Assessment assessment) {
    if (status.members().isEmpty()) {
      return "no machine yet";
    }
    return roll.membersReady(assessment.target())
        ? Unready.components(status)
        : Unready.members(status);
  }
}
