package dev.provisioning.planning.cluster.topology;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provisioning.api.cluster.Parameters;
import dev.provisioning.planning.config.ConfigSchema;
import dev.provisioning.planning.config.ConfigSchema.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The parameters of a definition: given, else by default, else null. */
final class ParameterValues {
  private ParameterValues() {}

  /**
   * @throws TopologyInvalid when a value is not what the schema asks for
   */
  static ObjectNode of(Parameters parameters, Map<String, JsonNode> given) {
    Optional<ObjectNode> source = source(parameters);
    ConfigSchema schema = compiled(source);
    ObjectNode own = JsonNodeFactory.instance.objectNode();
    own.setAll(given);
    ObjectNode values = over(schema.defaults(), own);
    List<Problem> problems = schema.check(values);
    if (!problems.isEmpty()) {
      throw new TopologyInvalid(
          "ParametersInvalid",
          problems.stream()
              .map(p -> "spec.parameters%s: %s".formatted(dotted(p.path()), p.message()))
              .collect(Collectors.joining("; ")));
    }
    source.ifPresent(s -> absentOnes(s, values));
    return values;
  }

  /** Defaults alone; parameters without one are null. */
  static ObjectNode defaults(Parameters parameters) {
    Optional<ObjectNode> source = source(parameters);
    ObjectNode values = compiled(source).defaults();
    source.ifPresent(s -> absentOnes(s, values));
    return values;
  }

  static ObjectNode tree(Parameters parameters) {
    return source(parameters).orElseGet(JsonNodeFactory.instance::objectNode);
  }

  private static Optional<ObjectNode> source(Parameters parameters) {
    if (parameters == null || parameters.schema().isEmpty()) {
      return Optional.empty();
    }
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.setAll(parameters.schema());
    return Optional.of(tree);
  }

  private static ConfigSchema compiled(Optional<ObjectNode> source) {
    try {
      return ConfigSchema.of(source.map(JsonNode.class::cast));
    } catch (ConfigSchema.BadSchema e) {
      throw new TopologyInvalid(
          "DefinitionInvalid", "parameters.schema is no schema: " + e.getMessage());
    }
  }

  /** Maps merge by key, everything else replaces. */
  private static ObjectNode over(ObjectNode lower, ObjectNode higher) {
    ObjectNode merged = lower.deepCopy();
    higher
        .properties()
        .forEach(
            e -> {
              boolean both =
                  merged.get(e.getKey()) instanceof ObjectNode
                      && e.getValue() instanceof ObjectNode;
              merged.set(
                  e.getKey(),
                  both
                      ? over((ObjectNode) merged.get(e.getKey()), (ObjectNode) e.getValue())
                      : e.getValue().deepCopy());
            });
    return merged;
  }

  /** A parameter that the schema knows and nobody gave is null: told apart from a misspelt one. */
  private static void absentOnes(JsonNode schema, ObjectNode values) {
    schema
        .path("properties")
        .properties()
        .forEach(
            e -> {
              boolean map = e.getValue().path("properties").isObject();
              if (!values.has(e.getKey())) {
                if (map) {
                  values.putObject(e.getKey());
                } else {
                  values.putNull(e.getKey());
                }
              }
              if (map && values.get(e.getKey()) instanceof ObjectNode nested) {
                absentOnes(e.getValue(), nested);
              }
            });
  }

  private static String dotted(String path) {
    return path.isEmpty() ? "" : "." + path;
  }
}
