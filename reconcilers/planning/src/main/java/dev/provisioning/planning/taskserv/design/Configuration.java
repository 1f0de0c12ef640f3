package dev.provisioning.planning.taskserv.design;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provisioning.api.taskserv.ConfigSpec;
import dev.provisioning.api.taskserv.TaskServDefinitionSpec;
import dev.provisioning.planning.config.ConfigSchema;
import dev.provisioning.planning.config.ConfigSchema.Problem;
import dev.provisioning.planning.config.EffectiveConfig;
import dev.provisioning.planning.config.Layer;
import dev.provisioning.planning.config.SecretPaths;
import dev.provisioning.planning.taskserv.Refused;
import dev.provisioning.spi.model.Bundle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The values of a service after all layers, checked.
 *
 * @param plain without secrets
 * @param secrets where each secret comes from, by its name
 * @param provenance which layer each leaf came from, by dotted path
 */
public record Configuration(
    ObjectNode plain,
    Map<String, SecretPaths.Reference> secrets,
    Map<String, String> provenance,
    SecretPaths paths) {
  private static final int MOST_PROBLEMS = 5;
  private static final String SPEC = "spec.config";

  public Configuration {
    secrets = Map.copyOf(secrets);
    provenance = Map.copyOf(provenance);
  }

  /** {@code layers}: what stands above the definition's own, lowest first, the spec's last. */
  public record Sources(
      String definitionName,
      TaskServDefinitionSpec definition,
      Optional<String> profile,
      List<Layer> layers) {}

  /** The layer of the spec itself. */
  public static Layer specLayer(Map<String, JsonNode> config) {
    return new Layer(SPEC, Json.map(config));
  }

  /**
   * @throws Refused ConfigInvalid with the path of each wrong key, ProfileNotFound
   */
  public static Configuration of(Sources sources) {
    ConfigSchema schema = schema(sources.definition());
    String owner = "definition " + sources.definitionName();
    List<Layer> all = new ArrayList<>();
    all.add(new Layer(owner, Json.map(schema.defaults())));
    sources.profile().ifPresent(name -> all.add(profile(sources, name)));
    all.addAll(sources.layers());
    EffectiveConfig effective = EffectiveConfig.merge(all);
    ObjectNode values = schema.withElementDefaults(Json.tree(effective.values()));
    SecretPaths paths = new SecretPaths(secretsOf(sources.definition()));
    SecretPaths.Split split = paths.split(values);
    List<Problem> problems = new ArrayList<>(split.problems());
    problems.addAll(schema.check(split.plain()));
    if (!problems.isEmpty()) {
      throw Refused.invalid("ConfigInvalid", text(problems, effective));
    }
    return new Configuration(split.plain(), split.references(), effective.provenance(), paths);
  }

  /** A revision's values, which were checked when it was applied. */
  public static Configuration stored(ObjectNode values, TaskServDefinitionSpec definition) {
    SecretPaths paths = new SecretPaths(secretsOf(definition));
    SecretPaths.Split split = paths.split(values);
    return new Configuration(split.plain(), split.references(), Map.of(), paths);
  }

  /** With secrets as references: what a revision stores. */
  public Map<String, JsonNode> references() {
    Map<String, JsonNode> result = new TreeMap<>();
    ObjectNode filled = paths.fill(plain, secrets.keySet(), name -> "");
    replace(filled, "");
    filled.properties().forEach(entry -> result.put(entry.getKey(), entry.getValue()));
    return result;
  }

  /** As templates see it: a secret is the marker that the machine replaces. */
  public Map<String, Object> variables() {
    return Json.map(paths.fill(plain, secrets.keySet(), Bundle::secretMarker));
  }

  static ConfigSchema schema(TaskServDefinitionSpec definition) {
    Map<String, JsonNode> schema =
        definition.config() == null ? Map.of() : definition.config().schema();
    if (schema.isEmpty()) {
      return ConfigSchema.of(Optional.empty());
    }
    JsonNode wrapped = schema.get("openAPIV3Schema");
    return ConfigSchema.of(Optional.of(wrapped == null ? Json.tree(schema) : wrapped));
  }

  static List<String> secretsOf(TaskServDefinitionSpec definition) {
    return definition.config() == null ? List.of() : definition.config().secrets();
  }

  private static Layer profile(Sources sources, String name) {
    ConfigSpec config = sources.definition().config();
    Map<String, JsonNode> profiles = config == null ? Map.of() : config.profiles();
    JsonNode values = profiles.get(name);
    if (values == null) {
      throw Refused.invalid(
          "ProfileNotFound",
          "spec.profile: definition %s has no profile %s; it has %s"
              .formatted(
                  sources.definitionName(),
                  name,
                  profiles.isEmpty()
                      ? "none"
                      : String.join(", ", new TreeMap<>(profiles).keySet())));
    }
    return new Layer(
        "profile %s of definition %s".formatted(name, sources.definitionName()), Json.map(values));
  }

  private static String text(List<Problem> problems, EffectiveConfig effective) {
    String first =
        problems.stream()
            .limit(MOST_PROBLEMS)
            .map(problem -> text(problem, effective))
            .collect(Collectors.joining("; "));
    int more = problems.size() - MOST_PROBLEMS;
    return more > 0 ? first + "; and " + more + " more" : first;
  }

  private static String text(Problem problem, EffectiveConfig effective) {
    String leaf = problem.path().replaceAll("\\[.*", "");
    String from =
        effective
            .originOf(leaf)
            .filter(origin -> !origin.equals(SPEC))
            .map(origin -> " (from " + origin + ")")
            .orElse("");
    return SPEC + "." + problem.path() + ": " + problem.message() + from;
  }

  private void replace(JsonNode at, String path) {
    if (at instanceof ObjectNode map) {
      for (String key : List.copyOf(Json.map(map).keySet())) {
        String name = path.isEmpty() ? key : path + "." + key;
        SecretPaths.Reference reference = secrets.get(name);
        if (reference != null) {
          map.remove(key);
          reference
              .secret()
              .ifPresent(
                  secret ->
                      map.putObject(key)
                          .putObject("secretRef")
                          .put("name", secret)
                          .put("key", reference.key()));
        } else {
          replace(map.get(key), name);
        }
      }
    } else if (at.isArray()) {
      at.forEach(element -> replace(element, path + "." + element.path("name").asText()));
    }
  }
}
