package dev.provisioning.planning.taskserv.design;

import com.fasterxml.jackson.databind.JsonNode;
import dev.provisioning.planning.config.Hashes;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The names under which scripts find values; every value is text, none is a secret. */
final class ScriptEnvironment {
  static final String PREFIX = "PROVISIONING_";
  private static final String CONFIG = PREFIX + "CONFIG";

  private final Map<String, String> values = new TreeMap<>();

  ScriptEnvironment put(String name, Object value) {
    values.put(PREFIX + name, value == null ? "" : value.toString());
    return this;
  }

  /** All as JSON, and each scalar and list of scalars under a name of its own. */
  ScriptEnvironment config(JsonNode config) {
    values.put(CONFIG, Hashes.canonical(config));
    flatten(CONFIG, config);
    return this;
  }

  Map<String, String> values() {
    return Map.copyOf(values);
  }

  private void flatten(String prefix, JsonNode node) {
    if (node.isObject()) {
      node.properties()
          .forEach(entry -> flatten(prefix + "_" + upper(entry.getKey()), entry.getValue()));
    } else if (node.isArray()) {
      StringBuilder lines = new StringBuilder();
      for (JsonNode element : node) {
        if (element.isContainerNode()) {
          return;
        }
        lines.append(lines.isEmpty() ? "" : "\n").append(element.asText());
      }
      values.put(prefix, lines.toString());
    } else {
      values.put(prefix, node.asText());
    }
  }

  /** {@code maxmemoryPolicy} becomes {@code MAXMEMORY_POLICY}. */
  static String upper(String key) {
    return key.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
        .replaceAll("[^A-Za-z0-9]+", "_")
        .toUpperCase(Locale.ROOT);
  }
}
