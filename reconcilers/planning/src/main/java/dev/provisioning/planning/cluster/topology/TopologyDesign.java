package dev.provisioning.planning.cluster.topology;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provisioning.api.cluster.ClusterDefinitionSpec;
import dev.provisioning.api.cluster.ClusterSpec;
import dev.provisioning.api.cluster.ClusterSpecBuilder;
import dev.provisioning.api.cluster.Component;
import dev.provisioning.api.cluster.NodePool;
import dev.provisioning.planning.config.EffectiveConfig;
import dev.provisioning.planning.config.Layer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Makes the topology of a Cluster: the definition's, with the Cluster's own fields over it. */
public final class TopologyDesign {
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
  private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};
  private static final String WHEN = "when";

  private final String cluster;
  private final ClusterSpec spec;

  private TopologyDesign(String cluster, ClusterSpec spec) {
    this.cluster = cluster;
    this.spec = spec;
  }

  /**
   * {@code definition} is empty where the spec names none.
   *
   * @throws TopologyInvalid when it makes no Cluster; the message says what to change
   */
  public static Topology of(
      String cluster, ClusterSpec spec, Optional<ClusterDefinitionSpec> definition) {
    Optional<ObjectNode> values =
        definition.map(d -> ParameterValues.of(d.parameters(), spec.parameters()));
    return new TopologyDesign(cluster, spec).topology(definition, values);
  }

  /** What the definition alone makes, with sample values for parameters that have no default. */
  static Topology sample(ClusterDefinitionSpec definition, ObjectNode values) {
    ClusterSpec spec = ClusterSpecBuilder.builder().definition("sample").build();
    return new TopologyDesign("sample", spec)
        .topology(Optional.of(definition), Optional.of(values));
  }

  private Topology topology(
      Optional<ClusterDefinitionSpec> definition, Optional<ObjectNode> values) {
    Map<String, Object> poolsBelow = new LinkedHashMap<>();
    Map<String, Object> servicesBelow = new LinkedHashMap<>();
    if (definition.isPresent()) {
      Expressions expressions = new Expressions(cluster, values.orElseThrow());
      definition
          .get()
          .nodePools()
          .forEach(p -> put(poolsBelow, expressions, "nodePools[" + p.name() + "]", p));
      definition
          .get()
          .components()
          .forEach(c -> put(servicesBelow, expressions, "components[" + c.name() + "]", c));
    }
    Map<String, Object> poolsAbove = new LinkedHashMap<>();
    spec.nodePools().forEach(pool -> poolsAbove.put(pool.name(), map(pool)));
    Map<String, Object> servicesAbove = new LinkedHashMap<>();
    spec.components().forEach(one -> servicesAbove.put(one.name(), map(one)));
    List<NodePool> pools =
        merged(poolsBelow, poolsAbove).entrySet().stream()
            .map(e -> read("nodePools[" + e.getKey() + "]", e.getValue(), NodePool.class))
            .map(this::complete)
            .toList();
    List<Component> components =
        merged(servicesBelow, servicesAbove).entrySet().stream()
            .map(e -> read("components[" + e.getKey() + "]", e.getValue(), Component.class))
            .filter(one -> !Boolean.FALSE.equals(one.enabled()))
            .toList();
    return new TopologyRules(cluster, spec, definition, pools).complete(components);
  }

  private static void put(
      Map<String, Object> below, Expressions expressions, String path, Record template) {
    ObjectNode tree = JSON.valueToTree(template);
    JsonNode when = tree.remove(WHEN);
    boolean there =
        when == null
            || expressions.fill(path + "." + WHEN, when).filter(JsonNode::asBoolean).isPresent();
    if (there) {
      JsonNode filled = expressions.fill(path, tree).orElseThrow();
      below.put(filled.path("name").asText(), JSON.convertValue(filled, MAP));
    }
  }

  private static Map<String, Object> map(Record record) {
    return JSON.convertValue(JSON.valueToTree(record), MAP);
  }

  private static Map<String, Object> merged(Map<String, Object> below, Map<String, Object> above) {
    return EffectiveConfig.merge(List.of(new Layer("definition", below), new Layer("spec", above)))
        .values();
  }

  /** {@code replicas} of the spec speaks for one pool. */
  private NodePool complete(NodePool pool) {
    int usual = pool.addresses().isEmpty() ? 1 : pool.addresses().size();
    return pool.withReplicas(pool.replicas() == null ? usual : pool.replicas());
  }

  private static <T> T read(String path, Object value, Class<T> type) {
    try {
      return JSON.treeToValue(JSON.valueToTree(value), type);
    } catch (JsonProcessingException e) {
      throw new TopologyInvalid(
          "DefinitionInvalid", "%s%s has a wrong value".formatted(path, field(e)));
    }
  }

  static String field(JsonProcessingException e) {
    return e instanceof JsonMappingException mapping
        ? mapping.getPath().stream()
            .map(JsonMappingException.Reference::getFieldName)
            .filter(Objects::nonNull)
            .map(name -> "." + name)
            .collect(Collectors.joining())
        : "";
  }
}
