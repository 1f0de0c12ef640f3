package dev.provisioning.planning.cluster.topology;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.provisioning.api.cluster.ClusterDefinitionSpec;
import dev.provisioning.planning.config.Memo;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a definition, found by making a sample Cluster of each size. */
public final class DefinitionCheck {
  private static final Memo<ClusterDefinitionSpec, List<String>> KNOWN = new Memo<>(64);

  private DefinitionCheck() {}

  /** Empty when all is right. */
  public static List<String> check(ClusterDefinitionSpec definition) {
    return KNOWN.get(definition, DefinitionCheck::find);
  }

  private static List<String> find(ClusterDefinitionSpec definition) {
    List<String> problems = new ArrayList<>();
    for (String size : List.of("development", "production")) {
      try {
        ObjectNode values = ParameterValues.defaults(definition.parameters());
        if (definition.parameters() != null) {
          samples(ParameterValues.tree(definition.parameters()), values);
        }
        if (values.has("size")) {
          values.put("size", size);
        }
        TopologyDesign.sample(definition, values);
      } catch (TopologyInvalid e) {
        if (!problems.contains(e.getMessage())) {
          problems.add(e.getMessage());
        }
      }
    }
    return problems;
  }

  /** A value for each parameter that must be given. */
  private static void samples(JsonNode schema, ObjectNode values) {
    schema
        .path("properties")
        .properties()
        .forEach(
            e -> {
              boolean required =
                  schema
                      .path("required")
                      .valueStream()
                      .anyMatch(n -> n.asText().equals(e.getKey()));
              JsonNode value = values.path(e.getKey());
              if (value instanceof ObjectNode nested) {
                samples(e.getValue(), nested);
              } else if (required && (value.isNull() || value.isMissingNode())) {
                values.set(e.getKey(), sample(e.getValue()));
              }
            });
  }

  private static JsonNode sample(JsonNode schema) {
    if (schema.path("enum").has(0)) {
      return schema.path("enum").get(0);
    }
    return switch (schema.path("type").asText()) {
      case "integer", "number" -> IntNode.valueOf(Math.max(1, schema.path("minimum").asInt(1)));
      case "boolean" -> BooleanNode.TRUE;
      case "array" -> JsonNodeFactory.instance.arrayNode();
      case "object" -> JsonNodeFactory.instance.objectNode();
      default -> TextNode.valueOf("sample");
    };
  }
}
