package dev.provisioning.planning.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provisioning.planning.config.ConfigSchema.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Where secrets stand in a configuration: {@code password}, {@code tls.key}, or {@code
 * users.*.password} for every element of a list, which its {@code name} tells apart. A value there
 * is a reference, never the secret itself.
 */
public final class SecretPaths {
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9_-]{0,30}";

  private final List<Pattern> patterns;

  /** A pattern that ends in {@code ?} names a secret that is not made when it is absent. */
  public SecretPaths(List<String> patterns) {
    this.patterns = patterns.stream().map(Pattern::of).toList();
  }

  private record Pattern(String[] parts, boolean optional) {
    static Pattern of(String text) {
      boolean optional = text.endsWith("?");
      String plain = optional ? text.substring(0, text.length() - 1) : text;
      return new Pattern(plain.split("\\."), optional);
    }
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

  /** Takes the secrets out of a copy; {@code config} stays as it is. */
  public Split split(ObjectNode config) {
    Map<String, Reference> references = new TreeMap<>();
    List<Problem> problems = new ArrayList<>();
    ObjectNode plain = config.deepCopy();
    for (Pattern pattern : patterns) {
      new Walk(pattern, references, problems).visit(plain, 0, "");
    }
    return new Split(plain, references, problems);
  }

  /** Puts {@code text(name)} wherever one of these secrets stands. */
  public ObjectNode fill(ObjectNode plain, Set<String> names, UnaryOperator<String> text) {
    ObjectNode copy = plain.deepCopy();
    Filling filling = new Filling(names, text);
    for (Pattern pattern : patterns) {
      filling.put(copy, pattern.parts(), 0, "");
    }
    return copy;
  }

  private record Filling(Set<String> names, UnaryOperator<String> text) {
    void put(JsonNode at, String[] path, int index, String name) {
      String part = path[index];
      if (part.equals("*") && at instanceof ArrayNode list) {
        for (JsonNode element : list) {
          if (index + 1 < path.length) {
            put(element, path, index + 1, join(name, element.path("name").asText()));
          }
        }
      } else if (at instanceof ObjectNode map) {
        String full = join(name, part);
        if (index + 1 < path.length) {
          if (map.has(part)) {
            put(map.get(part), path, index + 1, full);
          }
        } else if (names.contains(full)) {
          map.put(part, text.apply(full));
        }
      }
    }
  }

  private static String join(String prefix, String part) {
    return prefix.isEmpty() ? part : prefix + "." + part;
  }

  private record Walk(Pattern pattern, Map<String, Reference> references, List<Problem> problems) {
    void visit(JsonNode at, int index, String name) {
      String part = pattern.parts()[index];
      boolean last = index + 1 == pattern.parts().length;
      if (part.equals("*") && at instanceof ArrayNode list) {
        for (int i = 0; i < list.size() && !last; i++) {
          element(list.get(i), index, name + "[" + i + "]", name);
        }
      } else if (at instanceof ObjectNode map) {
        String full = join(name, part);
        if (last) {
          take(map, part, full);
        } else if (map.has(part)) {
          visit(map.get(part), index + 1, full);
        }
      }
    }

    private void element(JsonNode element, int index, String at, String name) {
      String own = element.path("name").asText();
      if (own.matches(NAME)) {
        visit(element, index + 1, join(name, own));
      } else {
        problems.add(
            new Problem(
                at + ".name", "must be letters, digits, - and _, since a secret is named by it"));
      }
    }

    private void take(ObjectNode map, String key, String name) {
      JsonNode value = map.remove(key);
      if (value == null) {
        if (!pattern.optional()) {
          references.put(name, new Reference(Optional.empty(), name));
        }
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
