package dev.provisioning.proof;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The page about all that ships, from the definitions themselves. */
final class CataloguePage {
  private static final String INTRODUCTION =
      """
      # Catalogue

      What ships with the operator, as data: [definitions](../helm/catalogue/definitions) of services and
      [topologies](../helm/catalogue/clusters) of clusters, installed by the chart `helm/catalogue`. A service of your own
      is one more `TaskServDefinition`, applied with kubectl; the shipped ones are examples of all that it can say.

      Every service is proven on real machines by `CatalogueProofTest`: installed, *used*, looked at again without a
      step, one key changed, its machine restarted, upgraded where Debian 12 has two versions of its package (redis, nginx,
      haproxy, containerd), removed with its data kept, installed on that data, removed with it. One service alone:
      `-Dproof.services=redis`. Versions come from the distributions; what else is published needs a definition with
      `artifacts` and their checksums. The proof needs no publisher but Debian, so there is no proof of an upgrade from one
      release to the next, like etcd 3.4 to 3.5.

      `hack/webstack` shows [samples/webstack](../samples/webstack) on machines of two providers: made, used, a web machine lost
      amid a hundred requests, healed, scaled, changed, changed wrongly and rolled back, deleted to nothing in reverse order, with
      ten `kill -9` of the operator in between. `hack/topologies` makes, uses, scales, changes, damages, heals and deletes the other topologies, one provider each
      and without kills. Both run again with
      `./dev test webstack topologies`.

      """;

  private CataloguePage() {}

  static String text() {
    var page = new StringBuilder(INTRODUCTION);
    page.append("| Service | Versions | Roles | Ports | What it is |\n|---|---|---|---|---|\n");
    Catalogue.names().map(CataloguePage::row).forEach(page::append);
    page.append("\n| Topology | Pools | Components | What it is |\n|---|---|---|---|\n");
    Catalogue.clusters().map(CataloguePage::clusterRow).forEach(page::append);
    Catalogue.names().map(CataloguePage::section).forEach(page::append);
    Catalogue.clusters().map(CataloguePage::clusterSection).forEach(page::append);
    return page.toString();
  }

  private static String row(String name) {
    JsonNode spec = Catalogue.manifest(name).get("spec");
    return line(
        "[%1$s](#%1$s)".formatted(name),
        list(spec.get("versions"), CataloguePage::version),
        list(spec.path("roles"), JsonNode::asText),
        list(spec.path("ports"), CataloguePage::port),
        spec.get("description").asText());
  }

  private static String clusterRow(String name) {
    JsonNode spec = Catalogue.cluster(name).get("spec");
    return line(
        "[%1$s](#%1$s)".formatted(name),
        list(spec.get("nodePools"), p -> p.get("name").asText()),
        list(spec.get("components"), c -> c.get("name").asText()),
        spec.get("description").asText());
  }

  private static String section(String name) {
    JsonNode spec = Catalogue.manifest(name).get("spec");
    var text = new StringBuilder("\n## " + name + "\n\n");
    text.append(spec.get("description").asText()).append('\n');
    fact(text, "Needs", list(spec.path("requires"), r -> r.get("name").asText()));
    fact(text, "Profiles", keys(spec.at("/config/profiles")));
    fact(text, "Secrets, made if not given", list(secrets(spec, false), JsonNode::asText));
    fact(text, "Secrets, if given", list(secrets(spec, true), s -> s.asText().replace("?", "")));
    fact(text, "Exports", list(spec.path("exports"), CataloguePage::export));
    fact(text, "Data", list(spec.path("dataPaths"), p -> "`" + p.asText() + "`"));
    keysOf(text, spec.at("/config/schema"), "Key");
    return text.toString();
  }

  private static String clusterSection(String name) {
    JsonNode spec = Catalogue.cluster(name).get("spec");
    var text = new StringBuilder("\n## " + name + "\n\n");
    text.append(spec.get("description").asText()).append('\n');
    keysOf(text, spec.at("/parameters/schema"), "Parameter");
    return text.toString();
  }

  private static void keysOf(StringBuilder text, JsonNode schema, String title) {
    if (schema.path("properties").isEmpty()) {
      return;
    }
    text.append("\n| %s | Default | Values | What it does |\n|---|---|---|---|\n".formatted(title));
    rows(schema, "").forEach(text::append);
  }

  private static List<String> rows(JsonNode schema, String prefix) {
    var rows = new ArrayList<String>();
    for (var property : schema.path("properties").properties()) {
      JsonNode key = property.getValue();
      String path = prefix + property.getKey();
      String usual = key.has("default") ? "`" + key.get("default") + "`" : "";
      rows.add(line("`" + path + "`", usual, values(key), key.path("description").asText()));
      rows.addAll(rows(key, path + "."));
      rows.addAll(rows(key.path("items"), path + "[]."));
    }
    return rows;
  }

  private static String values(JsonNode key) {
    if (key.has("enum")) {
      return list(key.get("enum"), JsonNode::asText);
    }
    boolean bounded = key.has("minimum") && key.has("maximum");
    return bounded ? key.get("minimum") + " to " + key.get("maximum") : key.path("type").asText();
  }

  private static String version(JsonNode version) {
    String systems =
        list(
            version.path("supports"),
            s -> s.get("os").asText() + " " + list(s.get("versions"), JsonNode::asText));
    return version.get("version").asText() + (systems.isEmpty() ? "" : " (" + systems + ")");
  }

  private static String port(JsonNode port) {
    String text = port.get("port").asText() + " " + port.get("name").asText();
    if (port.path("local").asBoolean()) {
      return text + " (local)";
    }
    return port.has("from") ? text + " (`" + port.get("from").asText() + "`)" : text;
  }

  private static String export(JsonNode export) {
    boolean secret = export.path("secret").asBoolean();
    return "`" + export.get("name").asText() + "`" + (secret ? " (secret)" : "");
  }

  private static JsonNode secrets(JsonNode spec, boolean optional) {
    var chosen = Catalogue.YAML.createArrayNode();
    spec.at("/config/secrets")
        .forEach(
            s -> {
              if (s.asText().endsWith("?") == optional) {
                chosen.add(s);
              }
            });
    return chosen;
  }

  private static String keys(JsonNode map) {
    return map.properties().stream().map(e -> e.getKey()).collect(Collectors.joining(", "));
  }

  private static String list(JsonNode list, java.util.function.Function<JsonNode, String> text) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(text)
        .collect(Collectors.joining(", "));
  }

  private static void fact(StringBuilder text, String name, String value) {
    if (!value.isEmpty()) {
      text.append("\n- ").append(name).append(": ").append(value);
    }
  }

  private static String line(String... cells) {
    return Stream.of(cells)
        .map(cell -> cell.replace("|", "\\|").replace("\n", " "))
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }
}
