package dev.provisioning.planning.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaException;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.resource.ClasspathSchemaLoader;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A JSON Schema for values that people write. An object that lists its properties refuses others
 * unless it says {@code additionalProperties}: an unknown key is nearly always a typing error.
 */
public final class ConfigSchema {
  private static final SchemaValidatorsConfig SETTINGS =
      SchemaValidatorsConfig.builder()
          .locale(Locale.ENGLISH)
          .pathType(PathType.JSON_PATH)
          .formatAssertionsEnabled(true)
          .build();

  private static final Memo<Optional<JsonNode>, ConfigSchema> KNOWN = new Memo<>(256);

  private final JsonNode source;
  private final JsonSchema schema;

  private ConfigSchema(JsonNode source, JsonSchema schema) {
    this.source = source;
    this.schema = schema;
  }

  /** One thing wrong; {@code path} is dotted, without a root: {@code tls.enabled}. */
  public record Problem(String path, String message) {}

  /** The schema is no schema. */
  public static final class BadSchema extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadSchema(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** {@code source} absent: no value at all is allowed. */
  public static ConfigSchema of(Optional<JsonNode> source) {
    return KNOWN.get(source, ConfigSchema::compiled);
  }

  private static ConfigSchema compiled(Optional<JsonNode> source) {
    JsonNode closed =
        closed(source.orElseGet(JsonNodeFactory.instance::objectNode), source.isEmpty());
    JsonSchemaFactory factory = factory();
    try {
      List<Problem> problems = problems(metaSchema(factory).validate(closed), closed);
      if (!problems.isEmpty()) {
        Problem first = problems.getFirst();
        throw new BadSchema(first.path() + ": " + first.message(), null);
      }
      JsonSchema schema = factory.getSchema(closed, SETTINGS);
      schema.initializeValidators();
      return new ConfigSchema(closed, schema);
    } catch (JsonSchemaException | IllegalArgumentException e) {
      throw new BadSchema(e.getMessage(), e);
    }
  }

  /** The schema of schemas is found wherever the calling thread's class loader is unaware of it. */
  private static JsonSchemaFactory factory() {
    var ours = new ClasspathSchemaLoader(JsonSchemaFactory.class::getClassLoader);
    return JsonSchemaFactory.getInstance(
        SpecVersion.VersionFlag.V202012, f -> f.schemaLoaders(loaders -> loaders.add(ours)));
  }

  private static JsonSchema metaSchema(JsonSchemaFactory factory) {
    return factory.getSchema(
        com.networknt.schema.SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"),
        SETTINGS);
  }

  /** The defaults that stand in the schema, nested objects included. */
  public ObjectNode defaults() {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    source
        .path("properties")
        .properties()
        .forEach(p -> defaultOf(p.getValue()).ifPresent(v -> result.set(p.getKey(), v)));
    return result;
  }

  /** The same values; elements of lists get the defaults of their schema. */
  public ObjectNode withElementDefaults(ObjectNode values) {
    ObjectNode copy = values.deepCopy();
    fill(source, copy);
    return copy;
  }

  /** What is wrong, in order of path; empty when all is right. */
  public List<Problem> check(JsonNode values) {
    return problems(schema.validate(values), source);
  }

  /** Names of the keys at the top. */
  public List<String> keys() {
    return List.copyOf(keysOf(source));
  }

  private static Optional<JsonNode> defaultOf(JsonNode schema) {
    ObjectNode nested = JsonNodeFactory.instance.objectNode();
    schema
        .path("properties")
        .properties()
        .forEach(p -> defaultOf(p.getValue()).ifPresent(v -> nested.set(p.getKey(), v)));
    JsonNode own = schema.get("default");
    if (own instanceof ObjectNode map) {
      return Optional.of(nested.setAll(map.deepCopy()));
    }
    if (own != null) {
      return Optional.of(own.deepCopy());
    }
    return nested.isEmpty() ? Optional.empty() : Optional.of(nested);
  }

  private static void fill(JsonNode schema, JsonNode value) {
    if (value instanceof ObjectNode map) {
      schema
          .path("properties")
          .properties()
          .forEach(
              p -> Optional.ofNullable(map.get(p.getKey())).ifPresent(v -> fill(p.getValue(), v)));
    }
    if (value instanceof ArrayNode list && schema.path("items").isObject()) {
      JsonNode element = schema.get("items");
      for (JsonNode item : list) {
        if (item instanceof ObjectNode map) {
          element
              .path("properties")
              .properties()
              .forEach(
                  p ->
                      defaultOf(p.getValue())
                          .filter(d -> !map.has(p.getKey()))
                          .ifPresent(d -> map.set(p.getKey(), d)));
        }
        fill(element, item);
      }
    }
  }

  private static JsonNode closed(JsonNode node, boolean force) {
    JsonNode copy = node.deepCopy();
    close(copy);
    if (force && copy instanceof ObjectNode root) {
      root.put("type", "object").put("additionalProperties", false);
    }
    return copy;
  }

  private static void close(JsonNode node) {
    if (!(node instanceof ObjectNode map)) {
      return;
    }
    map.path("properties").properties().forEach(p -> close(p.getValue()));
    close(map.path("items"));
    close(map.path("additionalProperties"));
    if (map.path("properties").isObject() && !map.has("additionalProperties")) {
      map.put("additionalProperties", false);
    }
  }

  private static List<Problem> problems(
      java.util.Set<ValidationMessage> messages, JsonNode schema) {
    return messages.stream()
        .map(message -> problem(message, schema))
        .sorted(Comparator.comparing(Problem::path).thenComparing(Problem::message))
        .distinct()
        .toList();
  }

  private static Problem problem(ValidationMessage message, JsonNode schema) {
    String at = message.getInstanceLocation().toString().replaceFirst("^\\$\\.?", "");
    String property = message.getProperty();
    return switch (message.getType()) {
      case "additionalProperties" ->
          new Problem(join(at, property), "unknown key" + known(schemaAt(schema, at), property));
      case "required" -> new Problem(join(at, property), "is required");
      default -> {
        String text = message.getMessage();
        int start = text.indexOf(": ");
        yield new Problem(at, start < 0 ? text : text.substring(start + 2));
      }
    };
  }

  private static String known(JsonNode schema, String key) {
    TreeSet<String> keys = keysOf(schema);
    Optional<String> near =
        keys.stream()
            .filter(
                k ->
                    EditDistance.between(k.toLowerCase(Locale.ROOT), key.toLowerCase(Locale.ROOT))
                        <= 2)
            .findFirst();
    return near.map(k -> "; did you mean " + k + "?")
        .orElse(keys.isEmpty() ? "; there are none" : "; known are " + String.join(", ", keys));
  }

  private static TreeSet<String> keysOf(JsonNode schema) {
    TreeSet<String> keys = new TreeSet<>();
    schema.path("properties").fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  private static JsonNode schemaAt(JsonNode schema, String path) {
    JsonNode at = schema;
    for (String part : path.isEmpty() ? new String[0] : path.split("[.\\[]")) {
      at = part.endsWith("]") ? at.path("items") : at.path("properties").path(part);
    }
    return at;
  }

  private static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
