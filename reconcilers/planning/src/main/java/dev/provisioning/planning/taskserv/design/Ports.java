package dev.provisioning.planning.taskserv.design;

import com.fasterxml.jackson.databind.JsonNode;
import dev.provisioning.api.taskserv.Bind;
import dev.provisioning.api.taskserv.OpenPort;
import dev.provisioning.api.taskserv.ServicePort;
import dev.provisioning.api.taskserv.TaskServDefinitionSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Where a service listens: the ports of its definition, with the numbers that its configuration
 * gives. A setting is named by its path, with a star for each element of a list: {@code port},
 * {@code sites.*.listen}.
 */
public final class Ports {
  private static final String EACH = "*";
  private static final int MOST = 100;
  private static final List<String> BINDS = Stream.of(Bind.values()).map(Bind::name).toList();

  private Ports() {}

  /** Those that other machines can reach, in the definition's order. */
  public static List<OpenPort> open(TaskServDefinitionSpec definition, JsonNode config) {
    return definition.ports().stream()
        .filter(port -> !Boolean.TRUE.equals(port.local()))
        .map(
            port ->
                new OpenPort(port.name(), numbers(port, config), port.role(), bind(port, config)))
        .filter(port -> port.bind() != Bind.Loopback && !port.numbers().isEmpty())
        .toList();
  }

  /** Null: on all addresses. */
  private static Bind bind(ServicePort port, JsonNode config) {
    return port.bind() == null
        ? null
        : found(config, port.bind())
            .map(value -> Bind.valueOf(value.textValue()))
            .findFirst()
            .orElse(null);
  }

  /** Numbers at which something listens, if only for the machine itself; empty: it is off. */
  public static List<Integer> numbers(ServicePort port, JsonNode config) {
    if (port.when() != null && found(config, port.when()).noneMatch(JsonNode::asBoolean)) {
      return List.of();
    }
    return port.from() == null
        ? List.of(port.port())
        : found(config, port.from())
            .filter(JsonNode::canConvertToInt)
            .map(JsonNode::intValue)
            .distinct()
            .limit(MOST)
            .toList();
  }

  private static Stream<JsonNode> found(JsonNode config, String path) {
    Stream<JsonNode> at = Stream.of(config);
    for (String part : path.split("\\.")) {
      at =
          part.equals(EACH)
              ? at.flatMap(list -> StreamSupport.stream(list.spliterator(), false))
              : at.map(map -> map.path(part));
    }
    return at.filter(value -> !value.isMissingNode());
  }

  /** Settings that the definition's ports name and its configuration lacks, a sentence each. */
  public static List<String> check(TaskServDefinitionSpec definition) {
    List<String> problems = new ArrayList<>();
    IntStream.range(0, definition.ports().size())
        .forEach(
            i -> {
              ServicePort port = definition.ports().get(i);
              String at = "spec.ports[" + i + "].";
              known(definition, at + "from", port.from(), problems);
              known(definition, at + "when", port.when(), problems);
              known(definition, at + "bind", port.bind(), problems);
              addresses(definition, at + "bind", port.bind(), problems);
            });
    return problems;
  }

  private static void addresses(
      TaskServDefinitionSpec definition, String at, String path, List<String> problems) {
    if (path == null || !declared(definition, path)) {
      return;
    }
    List<String> words = new ArrayList<>();
    declaration(definition, path).path("enum").forEach(word -> words.add(word.asText()));
    if (words.isEmpty() || !BINDS.containsAll(words)) {
      problems.add(
          "%s: setting %s must have an enum of %s".formatted(at, path, String.join(", ", BINDS)));
    }
  }

  private static void known(
      TaskServDefinitionSpec definition, String at, String path, List<String> problems) {
    if (path != null && !declared(definition, path)) {
      problems.add("%s: spec.config.schema has no setting %s".formatted(at, path));
    }
  }

  private static boolean declared(TaskServDefinitionSpec definition, String path) {
    return definition.config() != null && !declaration(definition, path).isMissingNode();
  }

  private static JsonNode declaration(TaskServDefinitionSpec definition, String path) {
    JsonNode schema = Json.tree(Json.map(definition.config().schema()));
    for (String part : path.split("\\.")) {
      schema = part.equals(EACH) ? schema.path("items") : schema.path("properties").path(part);
    }
    return schema;
  }
}
