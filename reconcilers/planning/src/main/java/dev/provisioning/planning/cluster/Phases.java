package dev.provisioning.planning.cluster;

import dev.provisioning.api.Condition;
import dev.provisioning.api.ConditionStatus;
import dev.provisioning.api.cluster.NodePool;
import dev.provisioning.api.cluster.Phase;
import dev.provisioning.planning.Conditions;
import dev.provisioning.planning.Plan;
import dev.provisioning.planning.cluster.ClusterAction.ProtectChild;
import dev.provisioning.planning.cluster.ClusterPlanner.Decided;
import dev.provisioning.planning.cluster.topology.Topology;
import dev.provisioning.spi.model.Failure;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The state of a Cluster in one word. */
final class Phases {
  static final Set<String> HELD = Set.of(Gates.PLAN_ONLY, Gates.APPROVAL_REQUIRED);

  private Phases() {}

  static Phase of(
      ClusterInput input, Decided decided, Plan<ClusterAction> plan, List<Condition> conditions) {
    if (input.ref().deleting()) {
      return Phase.Deleting;
    }
    if (decided.assessment().isEmpty()) {
      return input.status().phase() == null || input.status().members().isEmpty()
          ? Phase.Pending
          : Phase.Degraded;
    }
    boolean held = plan.blocker().map(Failure::reason).filter(HELD::contains).isPresent();
    if (held && !plan.isEmpty()) {
      return Phase.Planned;
    }
    boolean ready =
        Conditions.find(conditions, Conditions.READY)
            .filter(c -> c.status() == ConditionStatus.True)
            .isPresent();
    return ready ? Phase.Ready : unready(decided.assessment().get(), decided, plan);
  }

  private static Phase unready(Assessment assessment, Decided decided, Plan<ClusterAction> plan) {
    Course course = assessment.course();
    boolean works = !plan.actions().stream().allMatch(ProtectChild.class::isInstance);
    boolean busy = works || decided.members().stream().anyMatch(m -> !m.stays());
    if (course.rollsBack()) {
      boolean settled =
          !busy && new Roll(assessment.input(), decided).complete(assessment.target());
      return settled ? Phase.Degraded : Phase.RollingBack;
    }
    boolean heals =
        decided.members().stream()
            .anyMatch(m -> m.leaving().filter(Cause.HEALED::equals).isPresent());
    if (heals) {
      return Phase.Healing;
    }
    if (course.lastGood().isEmpty()) {
      return decided.members().isEmpty() && plan.front().isEmpty() ? Phase.Pending : Phase.Creating;
    }
    if (!course.reached()) {
      return onlyCounts(course) ? Phase.Scaling : Phase.Updating;
    }
    boolean joining = decided.members().stream().anyMatch(m -> !m.joined());
    return joining || busy ? Phase.Healing : Phase.Degraded;
  }

  private static boolean onlyCounts(Course course) {
    Optional<Topology> good = course.lastGood().map(children -> children.topology());
    return good.map(Phases::counted).equals(Optional.of(counted(course.wanted().topology())));
  }

  private static String counted(Topology topology) {
    List<NodePool> pools = topology.pools().stream().map(p -> p.withReplicas(0)).toList();
    return new Topology(pools, topology.components()).hash();
  }
}
