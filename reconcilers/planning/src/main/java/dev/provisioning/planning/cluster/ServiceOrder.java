package dev.provisioning.planning.cluster;

import dev.provisioning.api.cluster.Component;
import dev.provisioning.planning.cluster.topology.Children;
import dev.provisioning.planning.cluster.topology.Topology;
import dev.provisioning.planning.graph.Dag;
import java.util.List;
import java.util.Optional;

/**
 * What services wait for on account of each other: one comes when what it needs is there, and goes
 * when nothing needs it any more. Nobody waits for a machine that is given up.
 */
final class ServiceOrder {
  private final Children target;
  private final ClusterWorld world;
  private final Dag graph;
  private final List<String> broken;

  /** {@code members} with what leaves. */
  ServiceOrder(Assessment assessment, List<Member> members) {
    this.target = assessment.target();
    this.world = assessment.input().world();
    this.graph = target.topology().graph();
    this.broken = members.stream().filter(ServiceOrder::isGivenUp).map(Member::name).toList();
  }

  /** Machines that are given up: nothing can be taken from them. */
  List<String> broken() {
    return broken;
  }

  /** Everything that the component depends on is there as wanted. */
  boolean needsDone(Component component) {
    return component.dependsOn().stream().filter(target::hasMachines).allMatch(this::done);
  }

  private boolean done(String name) {
    Component component = target.topology().component(name).orElseThrow();
    Optional<TaskServChild> child = world.taskServ(target.taskServName(name));
    return child
        .filter(c -> c.ready() || readyBesideBroken(c))
        .filter(c -> Specs.sameBesideServers(target.taskServ(component, List.of()), c.spec()))
        .isPresent();
  }

  /**
   * On a machine that is given up it is not ready any more, and nobody who moves waits for that.
   */
  private boolean readyBesideBroken(TaskServChild child) {
    List<String> names = child.servers();
    List<String> left = names.stream().filter(name -> !broken.contains(name)).toList();
    return child.current()
        && left.size() < names.size()
        && !left.isEmpty()
        && left.stream().allMatch(child::readyOn);
  }

  /** A service that needs this one is still on the machine; none leaves a broken one itself. */
  boolean neededOn(Member member, Component component) {
    return graph.neededBy(Topology.COMPONENT + component.name()).stream()
        .map(node -> node.substring(Topology.COMPONENT.length()))
        .flatMap(other -> world.taskServ(target.taskServName(other)).stream())
        .anyMatch(
            other -> isGivenUp(member) ? other.names(member.name()) : other.has(member.name()));
  }

  /** Another service of the Cluster names it as what it depends on. */
  boolean needed(TaskServChild child) {
    return world.taskServs().stream()
        .flatMap(other -> other.spec().dependsOn().stream())
        .anyMatch(dependency -> dependency.name().equals(child.name()));
  }

  private static boolean isGivenUp(Member member) {
    return member.leaving().filter(Cause.HEALED::equals).isPresent();
  }
}
