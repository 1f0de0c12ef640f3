package dev.provisioning.planning.cluster;

import dev.provisioning.api.PlanStatus;
import dev.provisioning.api.cluster.Component;
import dev.provisioning.api.cluster.NodePool;
import dev.provisioning.api.server.ServerStatus;
import dev.provisioning.api.taskserv.TaskServStatus;
import dev.provisioning.planning.Plan;
import dev.provisioning.planning.Planner;
import dev.provisioning.planning.cluster.ClusterAction.ApproveChild;
import dev.provisioning.planning.cluster.ClusterAction.CreateServer;
import dev.provisioning.planning.cluster.ClusterAction.DeleteServer;
import dev.provisioning.planning.cluster.topology.TopologyInvalid;
import dev.provisioning.spi.model.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides what happens to a Cluster's Servers and TaskServs.
 *
 * <pre>
 *   course (what is wanted, or what worked before)
 *     ── pools, the control plane first: how many, which go, which change
 *     ── services in order of the graph, on the machines that stay
 *     ── machines that no service is on any more go
 *     ── gates (suspend, mode, approval, backoff) ── front
 *   deletionTimestamp: the persisted graph backwards
 * </pre>
 */
public final class ClusterPlanner implements Planner<ClusterInput, ClusterAction> {
  private static final Duration RETRY_WORLD = Duration.ofSeconds(30);

  @Override
  public Plan<ClusterAction> plan(ClusterInput input) {
    return decide(input).plan();
  }

  /** A plan and, where there is one, the judgement that it follows from. */
  record Decided(Plan<ClusterAction> plan, Optional<Assessment> assessment, List<Member> members) {}

  static Decided decide(ClusterInput input) {
    if (input.ref().deleting()) {
      Plan<ClusterAction> plan = Gates.pass(input, new Farewell(input).propose(), Optional.empty());
      return new Decided(plan, Optional.empty(), List.of());
    }
    Optional<Failure> unknown =
        input.world().workspace().why().or(() -> input.world().definition().why());
    if (unknown.isPresent()) {
      return blocked(unknown.get());
    }
    try {
      Assessment assessment = Assessment.of(input);
      return taken(assessment).map(ClusterPlanner::blocked).orElseGet(() -> steer(assessment));
    } catch (TopologyInvalid e) {
      return blocked(e.failure());
    }
  }

  private static Decided blocked(Failure why) {
    return new Decided(Plan.blocked(why, RETRY_WORLD), Optional.empty(), List.of());
  }

  private static Decided steer(Assessment assessment) {
    List<ClusterAction> actions = new ArrayList<>();
    Set<ClusterAction> may = new HashSet<>();
    List<Member> members = new ArrayList<>();
    boolean turn = true;
    for (NodePool pool : assessment.target().topology().controlPlaneFirst()) {
      PoolPlanner.Decision decision = new PoolPlanner(assessment, pool, turn).decide();
      members.addAll(decision.members());
      actions.addAll(decision.actions());
      may.addAll(decision.may());
      turn = turn && !changing(decision.members());
    }
    assessment.members().stream()
        .filter(m -> assessment.target().topology().pool(m.child().pool()).isEmpty())
        .forEach(members::add);
    List<CreateServer> births =
        actions.stream()
            .filter(CreateServer.class::isInstance)
            .map(CreateServer.class::cast)
            .toList();
    ServicePlanner.Decision services = new ServicePlanner(assessment, members, births).decide();
    actions.addAll(services.actions());
    may.addAll(services.may());
    departures(assessment, members, actions, may);
    approvals(assessment.input(), actions, may);
    List<ClusterAction> protections = Protection.changes(assessment.input(), actions);
    actions.addAll(protections);
    may.addAll(protections);
    Proposal proposal =
        new Proposal(actions, may, blocker(assessment, members), recheck(assessment, members));
    Plan<ClusterAction> plan =
        Gates.pass(assessment.input(), proposal, Optional.of(assessment.course()));
    return new Decided(plan, Optional.of(assessment), List.copyOf(members));
  }

  /** The next pool begins when this one is as wanted and its machines are ready. */
  private static boolean changing(List<Member> members) {
    boolean differs = members.stream().anyMatch(m -> m.stays() && (m.outdated() || m.changes()));
    boolean replaced =
        members.stream().anyMatch(m -> m.leaving().filter(Cause.REPLACED::equals).isPresent());
    return differs || replaced;
  }

  private static void departures(
      Assessment assessment,
      List<Member> members,
      List<ClusterAction> actions,
      Set<ClusterAction> may) {
    for (Member member : members) {
      if (member.leaving().isPresent() && !member.child().ref().deleting()) {
        DeleteServer delete = delete(assessment, member);
        actions.add(delete);
        if (empty(assessment.input(), member)) {
          may.add(delete);
        }
      }
    }
  }

  /** Nothing can be uninstalled from a broken machine; from others everything is, before. */
  private static boolean empty(ClusterInput input, Member member) {
    boolean broken = member.leaving().filter(Cause.HEALED::equals).isPresent();
    return input.world().taskServs().stream()
        .noneMatch(service -> broken ? service.names(member.name()) : service.has(member.name()));
  }

  private static DeleteServer delete(Assessment assessment, Member member) {
    boolean retain = PoolPlanner.retains(assessment, member);
    Cause cause = member.leaving().orElseThrow();
    return new DeleteServer(
        member.name(),
        member.child().pool(),
        member.child().ref().uid(),
        cause,
        retain,
        "delete Server %s%s, since %s"
            .formatted(
                member.name(),
                retain ? "; its machine lives on" : " and its machine",
                cause.clause()));
  }

  private static void approvals(
      ClusterInput input, List<ClusterAction> actions, Set<ClusterAction> may) {
    input
        .world()
        .servers()
        .forEach(
            child ->
                approval(child, child.status().map(ServerStatus::plan)).ifPresent(actions::add));
    input
        .world()
        .taskServs()
        .forEach(
            child ->
                approval(child, child.status().map(TaskServStatus::plan)).ifPresent(actions::add));
    actions.stream().filter(ApproveChild.class::isInstance).forEach(may::add);
  }

  /** What destroys something on a child's own account is approved there, by a person. */
  private static Optional<ClusterAction> approval(ChildView child, Optional<PlanStatus> plan) {
    boolean waits = child.current() && child.reason().equals(Gates.APPROVAL_REQUIRED);
    return plan.filter(p -> waits && p.hash() != null)
        .filter(p -> p.actions().stream().noneMatch(a -> Boolean.TRUE.equals(a.destructive())))
        .map(
            p ->
                new ApproveChild(
                    child.ref().kind(),
                    child.name(),
                    p.hash(),
                    "approve %s's plan: %s"
                        .formatted(
                            child.title(),
                            p.actions().stream()
                                .map(a -> a.description())
                                .collect(Collectors.joining("; ")))));
  }

  private static Optional<Failure> taken(Assessment assessment) {
    Set<String> taken = assessment.input().world().taken();
    return assessment.target().topology().components().stream()
        .map(Component::name)
        .map(assessment.target()::taskServName)
        .filter(name -> taken.contains("TaskServ " + name))
        .findFirst()
        .map(
            name ->
                new Failure.Conflict(
                    "NameTaken",
                    "TaskServ %s exists and does not belong to this Cluster; delete it or call the component otherwise"
                        .formatted(name)));
  }

  private static Optional<Failure> blocker(Assessment assessment, List<Member> members) {
    return Healing.brake(assessment.input(), assessment.target(), members)
        .map(Healing.Brake::why)
        .or(() -> window(assessment, members));
  }

  /** What keeps machines that serve from being replaced, where nothing else does. */
  private static Optional<Failure> window(Assessment assessment, List<Member> members) {
    boolean waits = members.stream().anyMatch(m -> m.stays() && m.outdated() && m.serves());
    return waits && assessment.gateOpen() ? assessment.windowClosed() : Optional.empty();
  }

  private static Optional<Duration> recheck(Assessment assessment, List<Member> members) {
    Optional<Duration> healing =
        Healing.brake(assessment.input(), assessment.target(), members)
            .flatMap(Healing.Brake::until)
            .map(at -> Duration.between(assessment.input().now(), at));
    boolean waits = !assessment.gateWait().isZero() && !assessment.touched().children().isEmpty();
    Optional<Duration> gate = waits ? Optional.of(assessment.gateWait()) : Optional.empty();
    Optional<Duration> window =
        window(assessment, members)
            .filter(Failure.Waiting.class::isInstance)
            .map(why -> ((Failure.Waiting) why).retryAfter());
    return Stream.of(healing, gate, window)
        .flatMap(Optional::stream)
        .min(Comparator.naturalOrder());
  }
}
