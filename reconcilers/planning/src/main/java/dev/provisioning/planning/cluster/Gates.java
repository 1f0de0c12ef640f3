package dev.provisioning.planning.cluster;

import dev.provisioning.api.Mode;
import dev.provisioning.planning.Ledger;
import dev.provisioning.planning.Plan;
import dev.provisioning.planning.ResourceRef;
import dev.provisioning.spi.model.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What stands between a proposal and its start: suspension, plan mode, approval, earlier failures.
 */
final class Gates {
  static final String SUSPENDED = "Suspended";
  static final String PLAN_ONLY = "PlanOnly";
  static final String APPROVAL_REQUIRED = "ApprovalRequired";
  private static final Duration VISIBLE = Duration.ofSeconds(1);
  private static final Duration IDLE = Duration.ofSeconds(120);

  private Gates() {}

  /** {@code course} is empty for a deletion, which nothing holds back. */
  static Plan<ClusterAction> pass(ClusterInput input, Proposal proposal, Optional<Course> course) {
    List<ClusterAction> actions = proposal.actions();
    Optional<Failure> held = course.flatMap(c -> held(input, actions, c));
    if (held.isPresent() && !actions.isEmpty()) {
      boolean asked = held.get().reason().equals(APPROVAL_REQUIRED);
      List<ClusterAction> front =
          asked ? front(input, proposal).stream().filter(Gates::protects).toList() : List.of();
      return new Plan<>(actions, front, held, Optional.of(IDLE));
    }
    Tried tried = Tried.of(input);
    List<ClusterAction> front = front(input, proposal);
    Optional<Failure> blocker = tried.first(actions.stream()).or(proposal::blocker);
    return new Plan<>(actions, front, blocker, Optional.of(recheck(input, proposal, tried)));
  }

  private static List<ClusterAction> front(ClusterInput input, Proposal proposal) {
    Tried tried = Tried.of(input);
    return proposal.actions().stream()
        .filter(proposal.may()::contains)
        .filter(a -> !done(input, a) && tried.due(a.key(), input.now()))
        .toList();
  }

  private static boolean protects(ClusterAction action) {
    return action instanceof ClusterAction.ProtectChild;
  }

  /** It succeeded; the caches do not show it yet. */
  private static boolean done(ClusterInput input, ClusterAction action) {
    return input
        .ledger()
        .outcome(action.key())
        .filter(Ledger.Succeeded.class::isInstance)
        .isPresent();
  }

  private static Duration recheck(ClusterInput input, Proposal proposal, Tried tried) {
    boolean unseen = proposal.actions().stream().anyMatch(a -> done(input, a));
    Optional<Duration> due =
        tried.nextDue(proposal.actions().stream()).map(at -> Duration.between(input.now(), at));
    return Stream.of(
            Optional.of(IDLE),
            unseen ? Optional.of(VISIBLE) : Optional.<Duration>empty(),
            due,
            proposal.recheckAfter())
        .flatMap(Optional::stream)
        .map(d -> d.compareTo(VISIBLE) < 0 ? VISIBLE : d)
        .min(Duration::compareTo)
        .orElse(IDLE);
  }

  private static Optional<Failure> held(
      ClusterInput input, List<ClusterAction> actions, Course course) {
    boolean workspaceHeld =
        input.world().workspace().known().filter(ClusterWorld.Workspace::suspended).isPresent();
    if (Boolean.TRUE.equals(input.spec().suspend()) || workspaceHeld) {
      return waiting(
          SUSPENDED,
          workspaceHeld
              ? "the Workspace is suspended: nothing is done until it is not"
              : "spec.suspend is true: nothing is done until it is not");
    }
    if (input.spec().mode() == Mode.Plan) {
      return waiting(
          PLAN_ONLY,
          "spec.mode is Plan: %d action(s) are shown in status.plan and none is carried out"
              .formatted(actions.size()));
    }
    boolean asks = needsApproval(input) && !actions.stream().allMatch(Gates::protects);
    return asks && !approved(input, actions, course)
        ? waiting(
            APPROVAL_REQUIRED,
            "the plan waits for approval: kubectl annotate --overwrite cluster %s %s=%s"
                .formatted(
                    input.ref().name(), ResourceRef.APPROVE_PLAN, Prices.hash(input, actions)))
        : Optional.empty();
  }

  static boolean needsApproval(ClusterInput input) {
    return input
        .world()
        .workspace()
        .known()
        .filter(ClusterWorld.Workspace::requireApproval)
        .isPresent();
  }

  /**
   * By its hash, which names the price too; what is left on the way to what was approved stays
   * approved at any price, and going back was agreed to with onFailure, as it was then. Afterwards,
   * and for machines that are given up, it is asked again.
   */
  static boolean approved(ClusterInput input, List<ClusterAction> actions, Course course) {
    String hash = Prices.hash(input, actions).value();
    boolean byHash =
        input.ref().annotation(ResourceRef.APPROVE_PLAN).filter(hash::equals).isPresent();
    boolean onTheWay =
        !course.reached()
            && Objects.equals(input.status().approvedRevision(), course.target().agreed());
    boolean goesBack = course.rejectedNow(input.status());
    boolean givesUp = actions.stream().anyMatch(Gates::healing);
    return byHash || (onTheWay || goesBack) && !givesUp;
  }

  private static boolean healing(ClusterAction action) {
    return action instanceof ClusterAction.DeleteServer delete && delete.cause() == Cause.HEALED;
  }

  private static Optional<Failure> waiting(String reason, String message) {
    return Optional.of(new Failure.Waiting(reason, message, IDLE));
  }
}
