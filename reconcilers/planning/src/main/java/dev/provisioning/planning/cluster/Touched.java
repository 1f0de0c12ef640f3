package dev.provisioning.planning.cluster;

import dev.provisioning.api.cluster.Component;
import dev.provisioning.api.cluster.MemberStatus;
import dev.provisioning.api.cluster.NodePool;
import dev.provisioning.api.server.ServerSpec;
import dev.provisioning.api.taskserv.TaskServSpec;
import dev.provisioning.planning.cluster.topology.Children;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The children that the change from the last good revision to the target has reached already. */
record Touched(List<ChildView> children) {
  /** Stalled for a reason that says nothing about the change. */
  private static final Set<String> NOT_ITS_FAULT =
      Set.of("MachineNotFound", "MachineStopped", Protection.REASON, "DeletionBlocked", "InUse");

  /** The same, of a machine that was part of the Cluster before. */
  private static final Set<String> ITS_MACHINES_FAULT =
      Set.of("MachineNotRunning", "MachineError", "HostKeyChanged");

  static Touched of(ClusterInput input, Course course) {
    Children target = course.target();
    Optional<Children> good = course.lastGood();
    List<ChildView> touched = new ArrayList<>();
    for (ServerChild child : input.world().servers()) {
      Optional<NodePool> pool = target.topology().pool(child.pool());
      boolean asWanted =
          pool.filter(p -> Specs.same(wish(target, p, child), child.spec())).isPresent();
      boolean asBefore =
          good.flatMap(g -> g.topology().pool(child.pool()).map(p -> wish(g, p, child)))
              .filter(spec -> Specs.same(spec, child.spec()))
              .isPresent();
      if (asWanted && !(asBefore && joined(input, child)) && !child.ref().deleting()) {
        touched.add(child);
      }
    }
    for (TaskServChild child : input.world().taskServs()) {
      boolean asBefore = good.filter(g -> is(child, g)).isPresent();
      if (is(child, target) && !asBefore && !child.ref().deleting()) {
        touched.add(child);
      }
    }
    return new Touched(List.copyOf(touched));
  }

  /**
   * The first that cannot go on without a person, and not on account of a machine that is ill: that
   * says nothing about the change. Of a creation, no machine that had joined is a failure.
   */
  Optional<ChildView> failed(ClusterInput input) {
    return children.stream()
        .filter(child -> child.stalled() && !NOT_ITS_FAULT.contains(child.reason()))
        .filter(
            child ->
                switch (child) {
                  case ServerChild server -> blamed(input, server);
                  case TaskServChild service -> blamed(input.world(), service);
                })
        .findFirst();
  }

  private static boolean blamed(ClusterInput input, ServerChild server) {
    boolean creation = input.status().lastGood() == null;
    return !joined(input, server) || !creation && !ITS_MACHINES_FAULT.contains(server.reason());
  }

  private static boolean blamed(ClusterWorld world, TaskServChild service) {
    return world.servers().stream().allMatch(s -> answers(world, s) || !service.names(s.name()));
  }

  private static boolean answers(ClusterWorld world, ServerChild server) {
    return server.ready() && world.silence(server).isEmpty();
  }

  boolean healthy() {
    return children.stream().allMatch(ChildView::ready);
  }

  /**
   * In its own zone and at its own address as long as the pool still has them; {@link Protection}
   * is no part of a rollout.
   */
  static ServerSpec wish(Children children, NodePool pool, ServerChild child) {
    return children
        .server(
            pool,
            ownOrFirst(pool.zones(), child.spec().zone()),
            ownOrFirst(pool.addresses(), child.spec().address()))
        .withDeletionProtection(child.spec().deletionProtection());
  }

  private static String ownOrFirst(List<String> known, String own) {
    boolean still = own != null && known.contains(own);
    return still ? own : known.isEmpty() ? null : known.getFirst();
  }

  private static boolean joined(ClusterInput input, ServerChild child) {
    return input.status().members().stream()
        .anyMatch(m -> m.server().equals(child.name()) && Boolean.TRUE.equals(m.joined()));
  }

  private static boolean is(TaskServChild child, Children children) {
    Optional<Component> component = children.topology().component(child.component());
    Optional<TaskServSpec> spec = component.map(c -> children.taskServ(c, List.of()));
    return spec.filter(s -> Specs.sameBesideServers(s, child.spec())).isPresent();
  }

  static Optional<MemberStatus> before(ClusterInput input, String server) {
    return input.status().members().stream().filter(m -> m.server().equals(server)).findFirst();
  }
}
