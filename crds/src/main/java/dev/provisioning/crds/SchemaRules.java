package dev.provisioning.crds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Makes every part of a schema what our conventions ask for: typed, bounded, spoken. */
final class SchemaRules {
  private static final String FREE_FORM = "x-kubernetes-preserve-unknown-fields";

  private final boolean inStatus;

  SchemaRules(boolean inStatus) {
    this.inStatus = inStatus;
  }

  /** {@code name} is the name of the property that this schema belongs to. */
  void apply(String name, ObjectNode schema) {
    wholeNumbers(schema);
    switch (schema.path("type").asText()) {
      case "string" -> text(schema);
      case "array" -> list(name, schema);
      case "object" -> object(name, schema);
      default -> {}
    }
  }

  private void object(String name, ObjectNode schema) {
    if (schema.path(FREE_FORM).asBoolean()) {
      schema.remove("additionalProperties");
    }
    if (schema.get("additionalProperties") instanceof ObjectNode values) {
      element(name, values);
    }
    if (schema.get("properties") instanceof ObjectNode properties) {
      properties.properties().forEach(e -> apply(e.getKey(), (ObjectNode) e.getValue()));
      numberOrTemplate(properties, "port");
      numberOrTemplate(properties, "replicas");
    }
  }

  private void list(String name, ObjectNode schema) {
    element(name, (ObjectNode) schema.get("items"));
    ListTypes.type(name, schema, inStatus);
  }

  private void element(String name, ObjectNode element) {
    if (element.path("type").asText().equals("string") && !element.has("maxLength")) {
      if (Bounds.pattern(name) != null && !inStatus) {
        element.put("pattern", Bounds.pattern(name));
      } else {
        element.put("maxLength", Bounds.length(name));
      }
    }
    apply(name, element);
  }

  /** A pattern becomes a rule that answers with a sentence. */
  private static void text(ObjectNode schema) {
    JsonNode pattern = schema.remove("pattern");
    if (pattern == null) {
      return;
    }
    Sentences.Sentence sentence = Sentences.of(pattern.asText());
    schema.put("maxLength", sentence.maxLength());
    schema
        .withArrayProperty("x-kubernetes-validations")
        .addObject()
        .put("rule", "self.matches('" + pattern.asText().replace("\\", "\\\\") + "')")
        .put("message", sentence.text());
  }

  /** A number, or a text with expressions: the port of a check, the replicas of a pool. */
  private static void numberOrTemplate(ObjectNode properties, String name) {
    if (properties.get(name) instanceof ObjectNode number
        && number.path("type").asText().equals("string")) {
      List.of("type", "maxLength", "minLength").forEach(number::remove);
      number.put("x-kubernetes-int-or-string", true);
    }
  }

  private static void wholeNumbers(ObjectNode schema) {
    for (String bound : List.of("minimum", "maximum")) {
      if (schema.has(bound)) {
        schema.put(bound, schema.get(bound).asLong());
      }
    }
  }
}
