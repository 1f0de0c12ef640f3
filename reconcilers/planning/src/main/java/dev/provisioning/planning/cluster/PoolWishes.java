package dev.provisioning.planning.cluster;

import dev.provisioning.api.cluster.ClusterDefinitionSpec;
import dev.provisioning.api.cluster.ClusterSpec;
import dev.provisioning.api.cluster.NodePool;
import dev.provisioning.api.server.ServerSpec;
import dev.provisioning.planning.cluster.topology.Children;
import dev.provisioning.planning.cluster.topology.Topology;
import dev.provisioning.planning.cluster.topology.TopologyDesign;
import dev.provisioning.planning.cluster.topology.TopologyInvalid;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the machines of each pool are to be, so that their prices can be asked for. */
public final class PoolWishes {
  private PoolWishes() {}

  /** By pool; nothing while the spec makes no Cluster, which the plan says. */
  public static Map<String, ServerSpec> of(
      String cluster, ClusterSpec spec, Optional<ClusterDefinitionSpec> definition) {
    Map<String, ServerSpec> wishes = new LinkedHashMap<>();
    try {
      Topology topology = TopologyDesign.of(cluster, spec, definition);
      Children children = new Children(cluster, spec, definition, topology);
      for (NodePool pool : topology.pools()) {
        wishes.put(
            pool.name(), children.server(pool, first(pool.zones()), first(pool.addresses())));
      }
      return wishes;
    } catch (TopologyInvalid e) {
      return Map.of();
    }
  }

  private static String first(List<String> known) {
    return known.isEmpty() ? null : known.getFirst();
  }
}
