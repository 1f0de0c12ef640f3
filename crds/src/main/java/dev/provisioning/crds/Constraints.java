package dev.provisioning.crds;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What a field may hold, in words. */
final class Constraints {
  private Constraints() {}

  static List<String> of(JsonNode schema) {
    List<String> words = new ArrayList<>();
    if (schema.has("enum")) {
      words.add("`" + String.join("`, `", Reference.texts(schema.path("enum"))) + "`");
    }
    range(words, schema, "minimum", "maximum", "");
    range(words, schema, "minLength", "maxLength", "characters");
    range(words, schema, "minItems", "maxItems", "elements");
    range(words, schema, "minProperties", "maxProperties", "entries");
    List<String> keys = Reference.texts(schema.path("x-kubernetes-list-map-keys"));
    if (!keys.isEmpty()) {
      words.add("one per " + String.join(", ", keys));
    }
    if (schema.path("x-kubernetes-list-type").asText().equals("set")) {
      words.add("each once");
    }
    words.addAll(sentences(schema));
    if (schema.has("items")) {
      of(schema.path("items")).forEach(word -> words.add("each: " + word));
    }
    if (schema.path("additionalProperties").isObject()) {
      of(schema.path("additionalProperties")).forEach(word -> words.add("each value: " + word));
    }
    return words;
  }

  /** The words with which the API server refuses. */
  static List<String> sentences(JsonNode schema) {
    return schema
        .path("x-kubernetes-validations")
        .valueStream()
        .map(rule -> rule.path("message").asText())
        .filter(message -> !message.isBlank())
        .toList();
  }

  private static void range(
      List<String> words, JsonNode schema, String low, String high, String unit) {
    String tail = unit.isEmpty() ? "" : " " + unit;
    if (schema.has(low) && schema.has(high)) {
      words.add("%s to %s%s".formatted(schema.get(low), schema.get(high), tail));
    } else if (schema.has(high)) {
      words.add("at most %s%s".formatted(schema.get(high), tail));
    } else if (schema.has(low)) {
      words.add("at least %s%s".formatted(schema.get(low), tail));
    }
  }
}
