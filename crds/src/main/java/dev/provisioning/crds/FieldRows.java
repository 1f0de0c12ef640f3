package dev.provisioning.crds;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The fields of a schema as rows of a table, parents before their children. */
final class FieldRows {
  /** Defaults that the operator fills in stand at the end of a description. */
  private static final Pattern DEFAULT = Pattern.compile("\\s*Default: (.+?)\\.?$");

  private final StringBuilder page;

  FieldRows(StringBuilder page) {
    this.page = page;
  }

  void of(String prefix, JsonNode schema) {
    List<String> required = Reference.texts(schema.path("required"));
    schema
        .path("properties")
        .properties()
        .forEach(
            field ->
                field(
                    prefix + field.getKey(), field.getValue(), required.contains(field.getKey())));
  }

  private void field(String path, JsonNode schema, boolean required) {
    String description = schema.path("description").asText().strip();
    String byDefault = schema.has("default") ? "`" + schema.path("default") + "`" : "";
    Matcher told = DEFAULT.matcher(description);
    if (byDefault.isEmpty() && told.find()) {
      byDefault = told.group(1);
      description = told.replaceFirst("");
    }
    String name = "`" + path + "`";
    page.append(
        "| %s | %s | %s | %s | %s |\n"
            .formatted(
                required ? "**" + name + "**" : name,
                type(schema),
                cell(byDefault),
                cell(String.join("; ", Constraints.of(schema))),
                cell(description)));
    children(path, schema);
  }

  private void children(String path, JsonNode schema) {
    of(path + ".", schema);
    if (schema.has("items")) {
      children(path + "[]", schema.path("items"));
    }
    if (schema.path("additionalProperties").isObject()) {
      children(path + ".<key>", schema.path("additionalProperties"));
    }
  }

  static String type(JsonNode schema) {
    if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
      return "integer or string";
    }
    String type = schema.path("type").asText();
    if (type.equals("array")) {
      return "list of " + type(schema.path("items"));
    }
    if (schema.path("additionalProperties").isObject()) {
      return "map of " + type(schema.path("additionalProperties"));
    }
    return schema.path("format").asText().equals("date-time")
        ? "time"
        : type.isEmpty() || schema.path("x-kubernetes-preserve-unknown-fields").asBoolean()
            ? "any" + (type.isEmpty() ? "" : " " + type)
            : type;
  }

  /** Markdown reads a bar as the end of a cell, and an angle bracket as a tag. */
  static String cell(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ");
  }
}
