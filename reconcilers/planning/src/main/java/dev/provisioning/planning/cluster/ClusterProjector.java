package dev.provisioning.planning.cluster;

import dev.provisioning.api.Condition;
import dev.provisioning.api.Intent;
import dev.provisioning.api.cluster.ClusterStatus;
import dev.provisioning.api.cluster.Revision;
import dev.provisioning.planning.Plan;
import dev.provisioning.planning.Projection;
import dev.provisioning.planning.Projector;
import dev.provisioning.planning.ResourceRef;
import dev.provisioning.planning.cluster.ClusterAction.ProtectChild;
import dev.provisioning.planning.cluster.ClusterPlanner.Decided;
import dev.provisioning.planning.cluster.topology.Children;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tells the story of a Cluster: the graph and the intents first, then what is and what is missing.
 */
public final class ClusterProjector
    implements Projector<ClusterInput, ClusterAction, ClusterStatus> {
  private static final int INTENTS = 256;

  @Override
  public Projection<ClusterStatus> project(ClusterInput input, Plan<ClusterAction> plan) {
    Decided decided = ClusterPlanner.decide(input);
    ClusterStatus told = told(input, decided, plan);
    List<Condition> conditions = ClusterConditions.of(input, decided, plan, told);
    ClusterStatus status =
        told.with(b -> b.conditions(conditions).phase(Phases.of(input, decided, plan, conditions)));
    return new Projection<>(status, ClusterEvents.of(input, plan, status));
  }

  private static ClusterStatus told(ClusterInput input, Decided decided, Plan<ClusterAction> plan) {
    ClusterStatus kept =
        input
            .status()
            .with(
                b ->
                    b.observedGeneration(input.ref().generation())
                        .intents(intents(input, plan))
                        .failures(failures(input, plan))
                        .plan(Prices.plan(input, plan, decided.assessment()))
                        .cost(Prices.now(input))
                        .lastHandledReconcileAt(
                            input
                                .ref()
                                .annotation(ResourceRef.RECONCILE_REQUESTED_AT)
                                .orElse(input.status().lastHandledReconcileAt())));
    Roll roll = new Roll(input, decided);
    ClusterStatus seen =
        kept.with(b -> b.graph(GraphStates.of(input, decided)).members(roll.members()));
    return decided
        .assessment()
        .map(assessment -> steered(seen, assessment, decided, plan))
        .orElse(seen);
  }

  private static ClusterStatus steered(
      ClusterStatus status, Assessment assessment, Decided decided, Plan<ClusterAction> plan) {
    Children target = assessment.target();
    Roll roll = new Roll(assessment.input(), decided);
    String scaled = target.scaledPool();
    String agreed = approvedRevision(assessment, decided, plan);
    return status.with(
        b ->
            b.components(roll.components(target))
                .progress(roll.progress(target))
                .ready(roll.readyOf(target))
                .replicas(roll.count(scaled))
                .selector(
                    "%s=%s,%s=%s"
                        .formatted(
                            Children.CLUSTER_LABEL,
                            assessment.input().ref().name(),
                            Children.POOL_LABEL,
                            scaled))
                .endpoints(Endpoints.of(assessment))
                .kubeconfigSecretRef(Endpoints.kubeconfig(assessment).orElse(null))
                .healthySince(healthySince(assessment, plan))
                .revision(assessment.course().wanted().topology().hash())
                .rejected(assessment.course().rejected().orElse(null))
                .approvedRevision(agreed)
                .usedApproval(usedApproval(assessment.input(), agreed))
                .lastGood(lastGood(assessment, decided, plan)));
  }

  /** What begins now may be ill and well again before anybody looks: health counts from then on. */
  private static Instant healthySince(Assessment assessment, Plan<ClusterAction> plan) {
    boolean begins =
        plan.front().stream()
            .anyMatch(action -> !action.destructive() && !(action instanceof ProtectChild));
    return begins ? null : assessment.healthySince().orElse(null);
  }

  /** Held on to until it is reached, given up, or something else is wanted. */
  private static String approvedRevision(
      Assessment assessment, Decided decided, Plan<ClusterAction> plan) {
    ClusterInput input = assessment.input();
    String agreed = assessment.target().agreed();
    boolean begins =
        Gates.needsApproval(input)
            && !plan.isEmpty()
            && Gates.approved(input, plan.actions(), assessment.course());
    boolean before = agreed.equals(input.status().approvedRevision());
    boolean reached = plan.isEmpty() && new Roll(input, decided).complete(assessment.target());
    return begins || before && !reached ? agreed : null;
  }

  /** An approval is over with what it was for: left on the Cluster it would approve the like. */
  private static String usedApproval(ClusterInput input, String agreed) {
    String before = input.status().approvedRevision();
    return before == null || before.equals(agreed)
        ? input.status().usedApproval()
        : input.ref().annotation(ResourceRef.APPROVE_PLAN).orElse(input.status().usedApproval());
  }

  /** The wanted revision, once it is reached and everything has been healthy long enough. */
  private static Revision lastGood(
      Assessment assessment, Decided decided, Plan<ClusterAction> plan) {
    Revision before = assessment.input().status().lastGood();
    String hash = assessment.course().wanted().topology().hash();
    boolean known = before != null && hash.equals(before.hash());
    boolean good =
        !assessment.course().rollsBack()
            && plan.isEmpty()
            && assessment.gateWait().isZero()
            && new Roll(assessment.input(), decided).complete(assessment.target());
    return good && !known
        ? new Revision(
            hash, assessment.course().wanted().topology().json(), now(assessment.input()))
        : before;
  }

  private static Instant now(ClusterInput input) {
    return input.now().truncatedTo(ChronoUnit.SECONDS);
  }

  /** Written before the effects: a stale cache or an earlier leader fails at this write. */
  private static List<Intent> intents(ClusterInput input, Plan<ClusterAction> plan) {
    return plan.front().stream()
        .limit(INTENTS)
        .map(
            action -> {
              Optional<Intent> before =
                  input.status().intents().stream()
                      .filter(old -> old.action().equals(intent(action)))
                      .findFirst();
              return before.orElseGet(() -> new Intent(intent(action), null, now(input), null));
            })
        .toList();
  }

  private static String intent(ClusterAction action) {
    return action.name() + " " + action.key();
  }

  private static List<dev.provisioning.api.FailedAction> failures(
      ClusterInput input, Plan<ClusterAction> plan) {
    Set<String> wanted =
        plan.actions().stream().map(ClusterAction::key).collect(Collectors.toSet());
    return Tried.of(input).byKey().values().stream()
        .filter(failed -> wanted.contains(failed.action()))
        .toList();
  }
}
