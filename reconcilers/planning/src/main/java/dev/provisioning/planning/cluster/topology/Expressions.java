package dev.provisioning.planning.cluster.topology;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills expressions in: {@code {parameters.web.replicas}}, {@code {size(1,3)}}, {@code
 * {cluster.name}}. A text that is one expression becomes the value itself; what is absent takes its
 * field or element away; a list in a list is spliced. {@code \{} is a literal brace.
 */
final class Expressions {
  private static final Pattern ONE = Pattern.compile("[{]([A-Za-z][^{}]*)[}]");
  private static final Pattern ANY = Pattern.compile("\\\\[{]|[{]([A-Za-z][^{}]*)[}]");
  private static final Pattern SIZE = Pattern.compile("size\\(([^,()]*),([^,()]*)\\)");
  private static final String PARAMETERS = "parameters.";

  private final String cluster;
  private final JsonNode parameters;

  /** {@code parameters} with their defaults; a parameter that is null was not given. */
  Expressions(String cluster, JsonNode parameters) {
    this.cluster = cluster;
    this.parameters = parameters;
  }

  /** Empty: absent. {@code path} names the place in messages. */
  Optional<JsonNode> fill(String path, JsonNode node) {
    if (node instanceof ObjectNode map) {
      ObjectNode filled = JsonNodeFactory.instance.objectNode();
      map.properties()
          .forEach(
              e ->
                  fill(path + "." + e.getKey(), e.getValue())
                      .ifPresent(v -> filled.set(e.getKey(), v)));
      return Optional.of(filled);
    }
    if (node instanceof ArrayNode list) {
      return Optional.of(list(path, list));
    }
    return node.isTextual() ? text(path, node.asText()) : Optional.of(node);
  }

  private ArrayNode list(String path, ArrayNode list) {
    ArrayNode filled = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < list.size(); i++) {
      JsonNode item = list.get(i);
      boolean whole = item.isTextual() && ONE.matcher(item.asText()).matches();
      Optional<JsonNode> value = fill(path + "[" + i + "]", item);
      if (whole && value.orElse(null) instanceof ArrayNode inner) {
        filled.addAll(inner);
      } else {
        value.ifPresent(filled::add);
      }
    }
    return filled;
  }

  private Optional<JsonNode> text(String path, String text) {
    Matcher whole = ONE.matcher(text);
    if (whole.matches()) {
      return value(path, whole.group(1).strip());
    }
    Matcher parts = ANY.matcher(text);
    StringBuilder filled = new StringBuilder();
    while (parts.find()) {
      String part = parts.group(1) == null ? "{" : inner(path, parts.group(1).strip());
      parts.appendReplacement(filled, Matcher.quoteReplacement(part));
    }
    return Optional.of(TextNode.valueOf(parts.appendTail(filled).toString()));
  }

  private String inner(String path, String expression) {
    JsonNode value =
        value(path, expression)
            .orElseThrow(
                () ->
                    new TopologyInvalid(
                        "ParameterMissing",
                        "%s: %s has no value, and stands inside a text"
                            .formatted(path, expression)));
    return value.isValueNode() ? value.asText() : value.toString();
  }

  private Optional<JsonNode> value(String path, String expression) {
    Matcher size = SIZE.matcher(expression);
    if (size.matches()) {
      boolean production = parameters.path("size").asText().equals("production");
      return Optional.of(scalar(size.group(production ? 2 : 1).strip()));
    }
    if (expression.startsWith(PARAMETERS)) {
      return parameter(path, expression.substring(PARAMETERS.length()));
    }
    if (expression.equals("cluster.name")) {
      return Optional.of(TextNode.valueOf(cluster));
    }
    throw new TopologyInvalid(
        "DefinitionInvalid",
        "%s: {%s} is no expression; there are {parameters.NAME}, {size(a,b)} and {cluster.name}, and \\{ for a brace"
            .formatted(path, expression));
  }

  private Optional<JsonNode> parameter(String path, String name) {
    JsonNode at = parameters;
    for (String part : name.split("\\.")) {
      if (!at.has(part)) {
        throw new TopologyInvalid(
            "DefinitionInvalid",
            "%s: there is no parameter %s in the definition's schema".formatted(path, name));
      }
      at = at.get(part);
    }
    return at.isNull() ? Optional.empty() : Optional.of(at.deepCopy());
  }

  private static JsonNode scalar(String text) {
    if (text.equals("true") || text.equals("false")) {
      return BooleanNode.valueOf(Boolean.parseBoolean(text));
    }
    if (text.matches("-?[0-9]{1,9}")) {
      return IntNode.valueOf(Integer.parseInt(text));
    }
    return text.matches("-?[0-9]+[.][0-9]+")
        ? DoubleNode.valueOf(Double.parseDouble(text))
        : TextNode.valueOf(text);
  }
}
