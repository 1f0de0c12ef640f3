package dev.provisioning.planning.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provisioning.planning.config.ConfigSchema.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where secrets stand in a configuration: {@code password}, {@code tls.key}, or {@code
 * users.*.password} for every element of a list, which its {@code name} tells apart. A value there
 * is a reference, never the secret itself.
 */
public final class SecretPaths {
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9_-]{0,30}";

  private final List<String> patterns;

  public SecretPaths(List<String> patterns) {
    this.patterns = List.copyOf(patterns);
  }

  /** A Secret's entry; an absent reference means that the operator makes the value. */
  public record Reference(Optional<String> secret, String key) {}

  /**
   * {@code plain} is the configuration without any secret; {@code references} has an entry for each
   * secret, by its name: the path with the element's name in place of the star.
   */
  public record Split(ObjectNode plain, Map<String, Reference> references, List<Problem> problems) {
    public Split {
      references = Map.copyOf(references);
      problems = List.copyOf(problems);
    }
  }

  public Split split(ObjectNode config) {
    Walk walk = new Walk(new TreeMap<>(), new ArrayList<>());
    ObjectNode plain = config.deepCopy();
    for (String pattern : patterns) {
      walk.visit(plain, pattern.split("\\."), 0, "");
    }
    return new Split(plain, walk.references, walk.problems);
  }

  /** Puts {@code text(name)} wherever a secret of that name stands. */
  public ObjectNode fill(ObjectNode plain, java.util.function.UnaryOperator<String> text) {
    ObjectNode copy = plain.deepCopy();
    for (String pattern : patterns) {
      put(copy, pattern.split("\\."), 0, "", text);
    }
    return copy;
  }

  private static void put(
      JsonNode at,
      String[] path,
      int index,
      String name,
      java.util.function.UnaryOperator<String> text) {
    String part = path[index];
    if (part.equals("*") && at instanceof ArrayNode list) {
      for (JsonNode element : list) {
        if (index + 1 < path.length) {
          put(element, path, index + 1, join(name, element.path("name").asText()), text);
        }
      }
    } else if (at instanceof ObjectNode map) {
      String full = join(name, part);
      if (index + 1 == path.length) {
        map.put(part, text.apply(full));
      } else if (map.has(part)) {
        put(map.get(part), path, index + 1, full, text);
      }
    }
  }

  private static String join(String prefix, String part) {
    return prefix.isEmpty() ? part : prefix + "." + part;
  }

  private record Walk(Map<String, Reference> references, List<Problem> problems) {
    void visit(JsonNode at, String[] path, int index, String name) {
      String part = path[index];
      if (part.equals("*") && at instanceof ArrayNode list) {
        for (int i = 0; i < list.size() && index + 1 < path.length; i++) {
          element(list.get(i), path, index, name + "[" + i + "]", name);
        }
      } else if (at instanceof ObjectNode map) {
        String full = join(name, part);
        if (index + 1 == path.length) {
          take(map, part, full);
        } else if (map.has(part)) {
          visit(map.get(part), path, index + 1, full);
        }
      }
    }

    private void element(JsonNode element, String[] path, int index, String at, String name) {
      String own = element.path("name").asText();
      if (own.matches(NAME)) {
        visit(element, path, index + 1, join(name, own));
      } else {
        problems.add(
            new Problem(
                at + ".name", "must be letters, digits, - and _, since a secret is named by it"));
      }
    }

    private void take(ObjectNode map, String key, String name) {
      JsonNode value = map.remove(key);
      if (value == null) {
        references.put(name, new Reference(Optional.empty(), name));
        return;
      }
      JsonNode ref = value.path("secretRef");
      if (!ref.path("name").isTextual()) {
        problems.add(
            new Problem(
                name,
                "is a secret: put it into a Secret and give {secretRef: {name: …, key: …}} here"));
        return;
      }
      references.put(
          name, new Reference(Optional.of(ref.get("name").asText()), ref.path("key").asText(key)));
    }
  }
}
