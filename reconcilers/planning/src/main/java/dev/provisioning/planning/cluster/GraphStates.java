package dev.provisioning.planning.cluster;

import dev.provisioning.api.cluster.GraphNode;
import dev.provisioning.planning.cluster.ClusterPlanner.Decided;
import dev.provisioning.planning.cluster.topology.Topology;
import dev.provisioning.planning.graph.Dag;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The graph as it is persisted: the target's, and nodes of before while they still have children.
 * It is written before the first child is made, and deletion relies on nothing else.
 */
final class GraphStates {
  private GraphStates() {}

  static List<GraphNode> of(ClusterInput input, Decided decided) {
    List<GraphNode> nodes = new ArrayList<>();
    Set<String> known = new LinkedHashSet<>();
    decided
        .assessment()
        .ifPresent(
            assessment -> {
              Dag graph = assessment.target().topology().graph();
              for (String name : graph.order()) {
                known.add(name);
                nodes.add(node(input, name, graph.needs(name).stream().sorted().toList()));
              }
            });
    for (GraphNode old : input.status().graph()) {
      boolean kept = decided.assessment().isEmpty() || !children(input, old.name()).isEmpty();
      if (kept && !known.contains(old.name())) {
        nodes.add(node(input, old.name(), old.dependsOn()));
      }
    }
    return nodes;
  }

  static List<ChildView> children(ClusterInput input, String node) {
    List<ChildView> all = new ArrayList<>();
    input.world().servers().stream()
        .filter(child -> node.equals(Topology.POOL + child.pool()))
        .forEach(all::add);
    input.world().taskServs().stream()
        .filter(child -> node.equals(Topology.COMPONENT + child.component()))
        .forEach(all::add);
    return all;
  }

  private static GraphNode node(ClusterInput input, String name, List<String> dependsOn) {
    List<ChildView> children = children(input, name);
    String state = state(input, children);
    Optional<GraphNode> before =
        input.status().graph().stream().filter(old -> old.name().equals(name)).findFirst();
    Instant since =
        before
            .filter(old -> state.equals(old.state()))
            .map(GraphNode::since)
            .orElse(input.now().truncatedTo(ChronoUnit.SECONDS));
    Optional<String> message =
        children.stream()
            .filter(child -> !child.ready())
            .findFirst()
            .map(child -> Roll.shortened(child.title() + ": " + child.message()));
    return new GraphNode(name, dependsOn, state, since, message.orElse(null));
  }

  private static String state(ClusterInput input, List<ChildView> children) {
    if (children.isEmpty()) {
      return input.ref().deleting() ? "Gone" : "Pending";
    }
    Optional<ChildView> leaving =
        children.stream().filter(child -> child.ref().deleting()).findFirst();
    if (leaving.isPresent() && (input.ref().deleting() || leaving.get().stalled())) {
      return leaving.get().stalled() ? "Blocked" : "Deleting";
    }
    return children.stream().allMatch(ChildView::ready) ? "Done" : "Active";
  }
}
