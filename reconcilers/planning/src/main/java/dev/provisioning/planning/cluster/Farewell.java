package dev.provisioning.planning.cluster;

import dev.provisioning.api.cluster.GraphNode;
import dev.provisioning.api.server.DeletionPolicy;
import dev.provisioning.planning.cluster.ClusterAction.DeleteServer;
import dev.provisioning.planning.cluster.ClusterAction.LetGo;
import dev.provisioning.planning.cluster.topology.Topology;
import dev.provisioning.planning.graph.Dag;
import dev.provisioning.spi.model.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The end of a Cluster: the persisted graph backwards, node by node, whatever the spec and the
 * definition say today.
 */
final class Farewell {
  private static final Duration RECHECK = Duration.ofSeconds(30);

  private final ClusterInput input;
  private final List<ClusterAction> actions = new ArrayList<>();
  private final Set<ClusterAction> may = new HashSet<>();

  Farewell(ClusterInput input) {
    this.input = input;
  }

  Proposal propose() {
    Optional<Failure> forbidden = forbidden();
    if (forbidden.isPresent()) {
      return new Proposal(List.of(), Set.of(), forbidden, Optional.of(RECHECK));
    }
    if (input.world().servers().isEmpty() && input.world().taskServs().isEmpty()) {
      LetGo letGo = new LetGo();
      return new Proposal(List.of(letGo), Set.of(letGo), Optional.empty(), Optional.empty());
    }
    Dag graph = graph();
    for (String node : graph.order().reversed()) {
      boolean free = graph.neededBy(node).stream().allMatch(this::gone);
      end(node, free);
    }
    return new Proposal(actions, may, waiting(), Optional.of(RECHECK));
  }

  /** Children that no node tells of are ends of their own. */
  private Dag graph() {
    Map<String, List<String>> needs = new LinkedHashMap<>();
    input.status().graph().forEach(node -> needs.put(node.name(), node.dependsOn()));
    List<String> strays = new ArrayList<>();
    input.world().taskServs().stream()
        .map(child -> Topology.COMPONENT + child.component())
        .filter(node -> !needs.containsKey(node))
        .forEach(strays::add);
    strays.forEach(node -> needs.put(node, List.of()));
    input.world().servers().stream()
        .map(child -> Topology.POOL + child.pool())
        .forEach(node -> needs.putIfAbsent(node, List.of()));
    return Dag.of(needs);
  }

  private boolean gone(String node) {
    return servers(node).isEmpty() && taskServs(node).isEmpty();
  }

  private List<ServerChild> servers(String node) {
    return input.world().servers().stream()
        .filter(child -> node.equals(Topology.POOL + child.pool()))
        .toList();
  }

  private List<TaskServChild> taskServs(String node) {
    return input.world().taskServs().stream()
        .filter(child -> node.equals(Topology.COMPONENT + child.component()))
        .toList();
  }

  private void end(String node, boolean free) {
    for (TaskServChild child : taskServs(node)) {
      if (!child.ref().deleting()) {
        add(ServicePlanner.delete(input, child, Cause.DELETED), free);
      }
    }
    for (ServerChild child : servers(node)) {
      if (!child.ref().deleting()) {
        boolean used =
            input.world().taskServs().stream().anyMatch(service -> service.names(child.name()));
        add(delete(child), free && !used);
      }
    }
  }

  private void add(ClusterAction action, boolean now) {
    actions.add(action);
    if (now) {
      may.add(action);
    }
  }

  private DeleteServer delete(ServerChild child) {
    DeletionPolicy policy = input.spec().deletionPolicy();
    boolean retain =
        policy == null ? child.spec().address() != null : policy == DeletionPolicy.Retain;
    return new DeleteServer(
        child.name(),
        child.pool(),
        child.ref().uid(),
        Cause.DELETED,
        retain,
        "delete Server %s%s, since %s"
            .formatted(
                child.name(),
                retain ? "; its machine lives on" : " and its machine",
                Cause.DELETED.clause()));
  }

  /** The first child that is on its way and not gone: since when, and why. */
  private Optional<Failure> waiting() {
    for (GraphNode node : input.status().graph().reversed()) {
      for (ChildView child : children(node.name())) {
        if (child.ref().deleting()) {
          return Optional.of(
              new Failure.Waiting(
                  "Deleting",
                  "%s is being deleted since %s: %s"
                      .formatted(
                          child.title(),
                          child.ref().deletionTimestamp().orElseThrow(),
                          child.message()),
                  RECHECK));
        }
      }
    }
    return Optional.empty();
  }

  private List<ChildView> children(String node) {
    List<ChildView> all = new ArrayList<>(taskServs(node));
    all.addAll(servers(node));
    return all;
  }

  private Optional<Failure> forbidden() {
    boolean isProtected = Protection.holds(input.spec().deletionProtection(), input.world());
    return isProtected
        ? Optional.of(
            new Failure.Denied(
                Protection.REASON,
                "deletion is protected: set spec.deletionProtection: false to let it go on"))
        : Optional.empty();
  }
}
