package dev.provisioning.planning.cluster;

import dev.provisioning.api.cluster.Component;
import dev.provisioning.api.cluster.ComponentStatus;
import dev.provisioning.api.cluster.MemberStatus;
import dev.provisioning.api.cluster.NodePool;
import dev.provisioning.api.taskserv.TaskServStatus;
import dev.provisioning.planning.cluster.ClusterPlanner.Decided;
import dev.provisioning.planning.cluster.topology.Children;
import java.util.List;
import java.util.Optional;

/** Who is there, and how many of them are ready. */
record Roll(ClusterInput input, Decided decided) {
  private static final int MESSAGE_MAX = 1_000;
  private static final int ALL = 100;

  List<MemberStatus> members() {
    if (decided.assessment().isEmpty()) {
      return input.status().members().stream()
          .filter(old -> input.world().server(old.server()).isPresent())
          .map(old -> input.ref().deleting() ? old.withState("Leaving").withReady(null) : old)
          .toList();
    }
    return decided.members().stream().map(this::member).toList();
  }

  private MemberStatus member(Member member) {
    boolean ready = ready(member);
    return new MemberStatus(
        member.name(),
        member.child().pool(),
        ready ? true : null,
        member.state(),
        ready ? null : shortened(waitsFor(member)),
        member.brokenSince().orElse(null),
        member.joined() ? true : null);
  }

  private static boolean ready(Member member) {
    return member.stays() && member.serves() && !member.changes() && !member.outdated();
  }

  private String waitsFor(Member member) {
    if (!member.stays() || !member.child().ready()) {
      return member.child().message();
    }
    if (member.outdated()) {
      return "waits to be replaced";
    }
    if (member.changes()) {
      return "waits to be changed";
    }
    return input.world().taskServs().stream()
        .filter(service -> service.names(member.name()) && !service.readyOn(member.name()))
        .findFirst()
        .map(service -> service.title() + " is not ready on it")
        .orElse("waits for its services");
  }

  List<ComponentStatus> components(Children target) {
    return target.topology().components().stream().map(one -> component(target, one)).toList();
  }

  private ComponentStatus component(Children target, Component component) {
    String name = target.taskServName(component.name());
    Optional<TaskServChild> child = input.world().taskServ(name);
    Optional<TaskServStatus> status = child.flatMap(TaskServChild::status);
    return new ComponentStatus(
        component.name(),
        name,
        status.map(TaskServStatus::phase).map(Enum::name).orElse("Pending"),
        ready(target, component) ? true : null,
        status.map(TaskServStatus::installedVersion).orElse(null),
        status.map(TaskServStatus::ready).orElse(null));
  }

  private boolean ready(Children target, Component component) {
    return input
        .world()
        .taskServ(target.taskServName(component.name()))
        .filter(ChildView::ready)
        .filter(c -> Specs.sameBesideServers(target.taskServ(component, List.of()), c.spec()))
        .isPresent();
  }

  /** A component without machines is complete without a TaskServ. */
  private boolean wanted(Children target, Component component) {
    return component.nodePools().stream()
        .flatMap(pool -> target.topology().pool(pool).stream())
        .anyMatch(pool -> pool.replicas() > 0);
  }

  int count(String pool) {
    return (int)
        decided.members().stream().filter(m -> m.stays() && m.child().pool().equals(pool)).count();
  }

  String readyOf(Children target) {
    return readyMembers() + "/" + replicas(target);
  }

  private int readyMembers() {
    return (int) decided.members().stream().filter(Roll::ready).count();
  }

  private static int replicas(Children target) {
    return target.topology().pools().stream().mapToInt(NodePool::replicas).sum();
  }

  int progress(Children target) {
    List<Component> components =
        target.topology().components().stream().filter(c -> wanted(target, c)).toList();
    int all = replicas(target) + components.size();
    int done =
        Math.min(readyMembers(), replicas(target))
            + (int) components.stream().filter(c -> ready(target, c)).count();
    return all == 0 ? ALL : done * ALL / all;
  }

  /** Every machine and service that is wanted is there and ready, and nothing else is. */
  boolean complete(Children target) {
    return membersReady(target) && componentsReady(target);
  }

  boolean membersReady(Children target) {
    return decided.members().stream().allMatch(Roll::ready)
        && decided.members().size() == replicas(target);
  }

  boolean componentsReady(Children target) {
    return target.topology().components().stream()
        .filter(c -> wanted(target, c))
        .allMatch(c -> ready(target, c));
  }

  static String shortened(String text) {
    return text.length() <= MESSAGE_MAX ? text : text.substring(0, MESSAGE_MAX) + "…";
  }
}
