package dev.provisioning.crds;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** The API reference: a page for each kind, made of nothing but its definition. */
final class Reference {
  private static final String HEADER =
      "<!-- Generated from api-model by the module crds. Do not edit; CONTRIBUTING.md says how to"
          + " write it again. -->\n\n";

  private Reference() {}

  /** File name to content, like {@code servers.md}; {@code README.md} lists them. */
  static Map<String, String> files() {
    Map<String, String> files = new LinkedHashMap<>();
    StringJoiner index = new StringJoiner("\n", "", "\n");
    index.add("# API reference\n").add("| kind | short | what it is |").add("|---|---|---|");
    for (Kinds.Kind kind : Kinds.ALL) {
      JsonNode crd = Crds.own(kind).values().iterator().next();
      JsonNode names = crd.path("spec").path("names");
      String file = names.path("plural").asText() + ".md";
      files.put(file, HEADER + page(kind, crd));
      index.add(
          "| [%s](%s) | `%s` | %s |"
              .formatted(
                  names.path("kind").asText(),
                  file,
                  String.join("`, `", texts(names.path("shortNames"))),
                  kind.description()));
    }
    files.put("README.md", HEADER + index + LEGEND);
    return files;
  }

  private static final String LEGEND =
      """

      Columns of the tables: `a.b` is field b of a, `a[].b` field b of each element of the list a, `a.<key>.b` field b
      of each value of the map a; **bold** fields must be given. What the API server refuses, it refuses with the words
      given here. `kubectl explain server.spec.ssh` shows the same in a terminal.
      """;

  private static String page(Kinds.Kind kind, JsonNode crd) {
    JsonNode names = crd.path("spec").path("names");
    JsonNode version = crd.path("spec").path("versions").get(0);
    JsonNode root = version.path("schema").path("openAPIV3Schema").path("properties");
    StringBuilder page = new StringBuilder();
    page.append("# ").append(names.path("kind").asText()).append("\n\n");
    page.append(kind.description()).append("\n\n");
    page.append(
        "`%s/%s`, %s · `kubectl get %s`%s\n"
            .formatted(
                crd.path("spec").path("group").asText(),
                version.path("name").asText(),
                crd.path("spec").path("scope").asText().toLowerCase(java.util.Locale.ROOT),
                names.path("plural").asText(),
                shortNames(texts(names.path("shortNames")))));
    section(page, "spec", root.path("spec"));
    section(page, "status", root.path("status"));
    columns(page, version.path("additionalPrinterColumns"));
    return page.toString();
  }

  private static String shortNames(List<String> names) {
    return names.isEmpty() ? "" : " or `" + String.join("`, `", names) + "`";
  }

  private static void section(StringBuilder page, String name, JsonNode schema) {
    page.append("\n## ").append(name).append("\n\n");
    page.append(schema.path("description").asText()).append("\n");
    List<String> rules = Constraints.sentences(schema);
    if (!rules.isEmpty()) {
      page.append("\nRefused with these words, when broken:\n\n");
      rules.forEach(rule -> page.append("- ").append(rule).append("\n"));
    }
    page.append("\n| field | type | default | allowed | meaning |\n|---|---|---|---|---|\n");
    new FieldRows(page).of("", schema);
  }

  private static void columns(StringBuilder page, JsonNode columns) {
    page.append("\n## Columns\n\n| column | shows | with `-o wide` only |\n|---|---|---|\n");
    for (JsonNode column : columns) {
      page.append(
          "| %s | `%s` | %s |\n"
              .formatted(
                  column.path("name").asText(),
                  FieldRows.cell(column.path("jsonPath").asText()),
                  column.path("priority").asInt() > 0 ? "yes" : ""));
    }
  }

  static List<String> texts(JsonNode array) {
    return array.valueStream().map(JsonNode::asText).toList();
  }
}
