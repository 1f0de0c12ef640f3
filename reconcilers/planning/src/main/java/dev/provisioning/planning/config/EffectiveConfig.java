package dev.provisioning.planning.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What holds after all layers, and which layer said so.
 *
 * @param provenance origin by dotted path of every leaf; a list is one leaf, an empty map too
 */
public record EffectiveConfig(Map<String, Object> values, Map<String, String> provenance) {
  public EffectiveConfig {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
  }

  /** Merges from lowest to highest: maps by key, lists and scalars replace, null removes. */
  public static EffectiveConfig merge(List<Layer> layers) {
    Node.Branch root = new Node.Branch("", new LinkedHashMap<>());
    for (Layer layer : layers) {
      root = root.with(layer.values(), layer.origin());
    }
    Map<String, String> provenance = new LinkedHashMap<>();
    root.provenance("", provenance);
    return new EffectiveConfig(root.plain(), provenance);
  }

  /** Who said what stands at this path; the nearest leaf above or the first below counts too. */
  public Optional<String> originOf(String path) {
    for (String at = path; !at.isEmpty(); at = parent(at)) {
      if (provenance.containsKey(at)) {
        return Optional.of(provenance.get(at));
      }
    }
    return provenance.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(path + "."))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static String parent(String path) {
    int dot = path.lastIndexOf('.');
    return dot < 0 ? "" : path.substring(0, dot);
  }

  /** A value that knows where it came from. */
  private sealed interface Node {
    Object plain();

    void provenance(String path, Map<String, String> into);

    record Leaf(String origin, Object plain) implements Node {
      @Override
      public void provenance(String path, Map<String, String> into) {
        into.put(path, origin);
      }
    }

    record Branch(String origin, Map<String, Node> children) implements Node {
      Branch with(Map<?, ?> higher, String from) {
        Map<String, Node> merged = new LinkedHashMap<>(children);
        higher.forEach(
            (key, value) -> {
              if (value == null) {
                merged.remove(key.toString());
              } else {
                merged.put(key.toString(), over(merged.get(key.toString()), value, from));
              }
            });
        return new Branch(from, merged);
      }

      private static Node over(Node lower, Object value, String from) {
        if (!(value instanceof Map<?, ?> map)) {
          return new Leaf(from, frozen(value));
        }
        return lower instanceof Branch branch
            ? branch.with(map, from)
            : new Branch(from, new LinkedHashMap<>()).with(map, from);
      }

      @Override
      public Map<String, Object> plain() {
        Map<String, Object> plain = new LinkedHashMap<>();
        children.forEach((key, node) -> plain.put(key, node.plain()));
        return plain;
      }

      @Override
      public void provenance(String path, Map<String, String> into) {
        if (children.isEmpty() && !path.isEmpty()) {
          into.put(path, origin);
        }
        children.forEach(
            (key, node) -> node.provenance(path.isEmpty() ? key : path + "." + key, into));
      }
    }
  }

  private static Object frozen(Object value) {
    return value instanceof List<?> list
        ? Collections.unmodifiableList(new ArrayList<>(list))
        : value;
  }
}
