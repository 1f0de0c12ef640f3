package dev.provisioning.planning.workflow;

import dev.provisioning.api.cluster.ClusterStatus;
import dev.provisioning.api.cluster.GraphNode;
import dev.provisioning.planning.cluster.topology.Children;
import dev.provisioning.planning.cluster.topology.Topology;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an upgrade or a change of size must know of a Cluster.
 *
 * @param spec its own, without what its definition says
 * @param parts empty while nobody has looked at this spec
 */
public record ClusterFacts(Map<String, Object> spec, Optional<Parts> parts) {
  public ClusterFacts {
    spec = Collections.unmodifiableMap(new LinkedHashMap<>(spec));
  }

  /**
   * Names of what it is made of, its definition's and its own, sorted.
   *
   * @param scaledPool the one that {@code spec.replicas} means
   */
  public record Parts(List<String> pools, List<String> components, Optional<String> scaledPool) {
    public Parts {
      pools = sorted(pools);
      components = sorted(components);
    }

    private static List<String> sorted(List<String> names) {
      return names.stream().distinct().sorted().toList();
    }
  }

  /** {@code status} may be absent. */
  public static ClusterFacts of(long generation, Map<String, Object> spec, ClusterStatus status) {
    Optional<Parts> parts =
        Optional.ofNullable(status)
            .filter(seen -> seen.observedGeneration() != null)
            .filter(seen -> seen.observedGeneration() == generation)
            .map(seen -> parts(spec, seen))
            .filter(known -> !known.pools().isEmpty());
    return new ClusterFacts(spec, parts);
  }

  /** One that was taken back to what worked before shows that graph: its own names count too. */
  private static Parts parts(Map<String, Object> spec, ClusterStatus status) {
    List<String> pools =
        Stream.concat(
                nodes(status, Topology.POOL),
                Named.in(spec, "nodePools").stream().map(pool -> String.valueOf(pool.get("name"))))
            .toList();
    List<String> components =
        Stream.concat(
                nodes(status, Topology.COMPONENT),
                Named.in(spec, "components").stream()
                    .filter(one -> !Boolean.FALSE.equals(one.get("enabled")))
                    .map(one -> String.valueOf(one.get("name"))))
            .toList();
    return new Parts(pools, components, scaledPool(status));
  }

  private static Stream<String> nodes(ClusterStatus status, String prefix) {
    return status.graph().stream()
        .map(GraphNode::name)
        .filter(name -> name.startsWith(prefix))
        .map(name -> name.substring(prefix.length()));
  }

  private static Optional<String> scaledPool(ClusterStatus status) {
    String label = Children.POOL_LABEL + "=";
    return Optional.ofNullable(status.selector())
        .filter(selector -> selector.contains(label))
        .map(selector -> selector.substring(selector.indexOf(label) + label.length()))
        .map(rest -> rest.split(",", 2)[0]);
  }
}
