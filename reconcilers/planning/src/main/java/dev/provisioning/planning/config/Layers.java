package dev.provisioning.planning.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Deep merge, lowest layer first: maps merge by key, lists and scalars replace, an explicit null
 * removes.
 */
public final class Layers {
  private Layers() {}

  /** {@code source} is how people call the layer: {@code Workspace acme/defaults}. */
  public record Layer(String source, ObjectNode values) {
    public static Layer of(String source, Map<String, JsonNode> values) {
      ObjectNode node = JsonNodeFactory.instance.objectNode();
      values.forEach(node::set);
      return new Layer(source, node);
    }
  }

  /**
   * The result. {@code provenance} names the layer that each leaf (a scalar, a list or an empty
   * map) came from, by dotted path.
   */
  public record Merged(ObjectNode values, Map<String, String> provenance) {
    public Merged {
      provenance = Map.copyOf(provenance);
    }
  }

  public static Merged merge(List<Layer> lowestFirst) {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    Map<String, String> provenance = new TreeMap<>();
    for (Layer layer : lowestFirst) {
      into(result, layer.values(), "", new Origin(layer.source(), provenance));
    }
    return new Merged(result, provenance);
  }

  private record Origin(String source, Map<String, String> provenance) {
    void forget(String path) {
      provenance.keySet().removeIf(known -> known.equals(path) || known.startsWith(path + "."));
    }
  }

  private static void into(ObjectNode target, ObjectNode layer, String prefix, Origin origin) {
    layer
        .properties()
        .forEach(entry -> put(target, entry.getKey(), entry.getValue(), prefix, origin));
  }

  private static void put(
      ObjectNode target, String key, JsonNode value, String prefix, Origin origin) {
    String path = prefix + key;
    if (value instanceof ObjectNode map && !map.isEmpty()) {
      ObjectNode below;
      if (target.get(key) instanceof ObjectNode existing) {
        below = existing;
        origin.provenance().remove(path);
      } else {
        origin.forget(path);
        below = target.putObject(key);
      }
      into(below, map, path + ".", origin);
      return;
    }
    if (value instanceof ObjectNode && target.get(key) instanceof ObjectNode) {
      return; // an empty map adds nothing
    }
    origin.forget(path);
    if (value.isNull()) {
      target.remove(key);
    } else {
      target.set(key, value.deepCopy());
      origin.provenance().put(path, origin.source());
    }
  }
}
