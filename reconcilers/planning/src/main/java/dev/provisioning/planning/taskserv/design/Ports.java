package dev.provisioning.planning.taskserv.design;

import com.fasterxml.jackson.databind.JsonNode;
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

  private Ports() {}

  /** Those that other machines can reach, in the definition's order. */
  public static List<OpenPort> open(TaskServDefinitionSpec definition, JsonNode config) {
    return definition.ports().stream()
        .filter(port -> !Boolean.TRUE.equals(port.local()))
        .filter(port -> port.when() == null || on(config, port.when()))
        .map(port -> new OpenPort(port.name(), numbers(port, config), port.role()))
        .filter(port -> !port.numbers().isEmpty())
        .toList();
  }

  private static boolean on(JsonNode config, String path) {
    return found(config, path).anyMatch(JsonNode::asBoolean);
  }

  private static List<Integer> numbers(ServicePort port, JsonNode config) {
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
            });
    return problems;
  }

  private static void known(
      TaskServDefinitionSpec definition, String at, String path, List<String> problems) {
    if (path != null && !declared(definition, path)) {
      problems.add("%s: spec.config.schema has no setting %s".formatted(at, path));
    }
  }

  private static boolean declared(TaskServDefinitionSpec definition, String path) {
    if (definition.config() == null) {
      return false;
    }
    JsonNode schema = Json.tree(Json.map(definition.config().schema()));
    for (String part : path.split("\\.")) {
      schema = part.equals(EACH) ? schema.path("items") : schema.path("properties").path(part);
    }
    return !schema.isMissingNode();
  }
}
