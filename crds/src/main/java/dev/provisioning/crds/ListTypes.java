package dev.provisioning.crds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How the API server merges and checks a list. Named things of a spec are maps by their key, names
 * are sets, so that the same one twice is refused; what the operator writes is atomic.
 */
final class ListTypes {
  /** Lists whose key is not {@code name}. */
  private static final Map<String, String> KEYS =
      Map.of("conditions", "type", "versions", "version", "files", "path", "supports", "os");

  /** Where the order or a repetition means something. */
  private static final Set<String> ATOMIC =
      Set.of("firewall", "fallbacks", "maintenanceWindows", "artifacts", "packages", "images");

  /**
   * Long lists of things that one hand writes as a whole: per field, the owners of a thousand
   * operations would take more room than the operations themselves.
   */
  private static final Set<String> OWNED_WHOLE = Set.of("operations");

  private ListTypes() {}

  static void type(String name, ObjectNode list, boolean inStatus) {
    ObjectNode items = (ObjectNode) list.get("items");
    Optional<String> key = key(name, items);
    if (key.isPresent() && (!inStatus || name.equals("conditions"))) {
      list.put("x-kubernetes-list-type", "map");
      list.putArray("x-kubernetes-list-map-keys").add(key.get());
      if (OWNED_WHOLE.contains(name)) {
        items.put("x-kubernetes-map-type", "atomic");
      }
    } else if (isText(items) && !inStatus && !ATOMIC.contains(name)) {
      list.put("x-kubernetes-list-type", "set");
    } else {
      list.put("x-kubernetes-list-type", "atomic");
    }
  }

  private static Optional<String> key(String name, ObjectNode items) {
    if (ATOMIC.contains(name) || !items.path("type").asText().equals("object")) {
      return Optional.empty();
    }
    String key = KEYS.getOrDefault(name, "name");
    return required(items).contains(key) ? Optional.of(key) : Optional.empty();
  }

  private static List<String> required(ObjectNode schema) {
    return schema.path("required").valueStream().map(JsonNode::asText).toList();
  }

  private static boolean isText(ObjectNode items) {
    return items.path("type").asText().equals("string");
  }
}
