package dev.provisioning.planning.taskserv;

import dev.provisioning.api.taskserv.MemberPhase;
import dev.provisioning.api.taskserv.MemberStatus;
import dev.provisioning.api.taskserv.Phase;
import dev.provisioning.planning.Plan;
import java.util.List;
import java.util.Optional;

/**
 * The state of all members in a few words.
 *
 * @param settled no operation runs or is wanted
 * @param complete settled on all targets, and healthy
 * @param progress percent of the running change, if one runs
 */
record Standing(
    Phase phase, boolean settled, boolean complete, int ready, int targets, Integer progress) {
  private static final int ALL = 100;

  static Standing of(Assessment assessment, Plan<TaskServAction> plan, List<MemberStatus> members) {
    List<MemberStatus> targets =
        members.stream().filter(m -> isTarget(assessment, m.name())).toList();
    boolean idle = members.stream().allMatch(m -> Phases.inFlight(m).isEmpty());
    boolean wanted = assessment.members().stream().anyMatch(m -> m.wanted().isPresent());
    boolean settled = idle && !wanted && plan.actions().isEmpty();
    int ready = (int) targets.stream().filter(Phases::healthy).count();
    boolean complete =
        settled
            && assessment.resolution().isPresent()
            && assessment.refusal().isEmpty()
            && !targets.isEmpty()
            && ready == targets.size()
            && assessment.members().stream().allMatch(m -> m.problem().isEmpty());
    return new Standing(
        phase(assessment, plan, members, complete),
        settled,
        complete,
        ready,
        targets.size(),
        idle ? null : progress(members));
  }

  String readyOf() {
    return targets == 0 ? null : ready + "/" + targets;
  }

  private static boolean isTarget(Assessment assessment, String name) {
    return assessment.members().stream().anyMatch(m -> m.target() && m.name().equals(name));
  }

  private static boolean isNew(MemberState member) {
    return member.status().version() == null;
  }

  private static int progress(List<MemberStatus> members) {
    int sum = 0;
    for (MemberStatus member : members) {
      int own = member.progress() == null ? 0 : member.progress();
      sum += Phases.inFlight(member).isPresent() ? own : Phases.settled(member) ? ALL : 0;
    }
    return sum / members.size();
  }

  private static Phase phase(
      Assessment assessment,
      Plan<TaskServAction> plan,
      List<MemberStatus> members,
      boolean complete) {
    if (assessment.input().ref().deleting()) {
      return Phase.Uninstalling;
    }
    Optional<Phase> running =
        members.stream()
            .flatMap(m -> Phases.inFlight(m).stream())
            .sorted()
            .findFirst()
            .map(Standing::of);
    if (running.isPresent()) {
      return running.get();
    }
    if (complete) {
      return Phase.Ready;
    }
    boolean serves = members.stream().anyMatch(m -> m.version() != null);
    boolean held =
        plan.blocker()
            .filter(f -> f.reason().equals(Approvals.REASON) || f.reason().equals("PlanOnly"))
            .isPresent();
    if (held && !plan.actions().isEmpty()) {
      return Phase.Planned;
    }
    boolean ill =
        members.stream()
            .anyMatch(m -> m.phase() == MemberPhase.Unhealthy || m.phase() == MemberPhase.Failed);
    if (ill) {
      return Phase.Degraded;
    }
    if (!serves) {
      return Phase.Pending;
    }
    return assessment.members().stream()
        .flatMap(m -> m.wanted().stream())
        .findFirst()
        .map(w -> of(w.kind()))
        .orElse(
            assessment.targets().stream().anyMatch(Standing::isNew)
                ? Phase.Installing
                : Phase.Degraded);
  }

  private static Phase of(OperationKind kind) {
    return switch (kind) {
      case INSTALL -> Phase.Installing;
      case RECONFIGURE -> Phase.Configuring;
      case UPGRADE -> Phase.Upgrading;
      case ROLLBACK -> Phase.RollingBack;
      case UNINSTALL -> Phase.Uninstalling;
    };
  }
}
