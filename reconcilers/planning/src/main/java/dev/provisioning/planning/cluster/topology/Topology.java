package dev.provisioning.planning.cluster.topology;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provisioning.api.cluster.Component;
import dev.provisioning.api.cluster.NodePool;
import dev.provisioning.planning.config.Hashes;
import dev.provisioning.planning.config.Memo;
import dev.provisioning.planning.graph.Dag;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Pools and components with everything filled in: replicas, definitions and the pools of each
 * component are there, names that are used exist, and nothing depends on itself.
 */
public record Topology(List<NodePool> pools, List<Component> components) {
  public static final String POOL = "nodePools/";
  public static final String COMPONENT = "components/";

  /** Nothing at all: where a creation that failed is rolled back to. */
  public static final Topology NONE = new Topology(List.of(), List.of());

  private static final String CONTROL_PLANE = "control-plane";
  private static final int HASH_LENGTH = 16;
  private static final Memo<Topology, String> HASHES = new Memo<>(1_024);
  private static final Memo<Map<String, JsonNode>, Topology> READ = new Memo<>(512);
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  public Topology {
    pools = List.copyOf(pools);
    components = List.copyOf(components);
  }

  /**
   * In the order in which they change: no worker is ever newer than what controls it, wherever the
   * list has it.
   */
  public List<NodePool> controlPlaneFirst() {
    return pools.stream()
        .sorted(Comparator.comparing(pool -> !CONTROL_PLANE.equals(pool.role())))
        .toList();
  }

  public Optional<NodePool> pool(String name) {
    return pools.stream().filter(pool -> pool.name().equals(name)).findFirst();
  }

  public Optional<Component> component(String name) {
    return components.stream().filter(one -> one.name().equals(name)).findFirst();
  }

  /** The same with as many machines; pools that {@code replicas} does not name keep their own. */
  public Topology scaled(Map<String, Integer> replicas) {
    List<NodePool> scaled =
        pools.stream()
            .map(pool -> pool.withReplicas(replicas.getOrDefault(pool.name(), pool.replicas())))
            .toList();
    return new Topology(scaled, components);
  }

  /** How many machines, by pool. */
  public Map<String, Integer> replicas() {
    Map<String, Integer> replicas = new TreeMap<>();
    pools.forEach(pool -> replicas.put(pool.name(), pool.replicas()));
    return replicas;
  }

  /** Pools need nothing; a component needs its pools and the components that it depends on. */
  public Dag graph() {
    Map<String, List<String>> needs = new LinkedHashMap<>();
    pools.forEach(pool -> needs.put(POOL + pool.name(), List.of()));
    for (Component component : components) {
      List<String> wanted = new ArrayList<>();
      component.nodePools().forEach(pool -> wanted.add(POOL + pool));
      component.dependsOn().forEach(other -> wanted.add(COMPONENT + other));
      needs.put(COMPONENT + component.name(), wanted);
    }
    return Dag.of(needs);
  }

  /** Name of this topology: equal ones have equal names, in every process and version. */
  public String hash() {
    return HASHES.get(this, Topology::computed);
  }

  private static String computed(Topology topology) {
    String text = Hashes.canonical(JSON.valueToTree(topology));
    return Hashes.sha256(text).substring(0, HASH_LENGTH);
  }

  public Map<String, JsonNode> json() {
    ObjectNode tree = JSON.valueToTree(this);
    Map<String, JsonNode> fields = new LinkedHashMap<>();
    tree.properties().forEach(e -> fields.put(e.getKey(), e.getValue()));
    return fields;
  }

  /** The inverse of {@link #json}. */
  public static Topology of(Map<String, JsonNode> json) {
    return READ.get(json, Topology::read);
  }

  private static Topology read(Map<String, JsonNode> json) {
    try {
      ObjectNode tree = JSON.createObjectNode();
      tree.setAll(json);
      return JSON.treeToValue(tree, Topology.class);
    } catch (JsonProcessingException e) {
      throw new TopologyInvalid(
          "RevisionUnreadable", "status.lastGood cannot be read: " + e.getOriginalMessage());
    }
  }
}
