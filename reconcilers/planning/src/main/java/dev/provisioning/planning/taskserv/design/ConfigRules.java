package dev.provisioning.planning.taskserv.design;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provisioning.api.taskserv.TaskServDefinitionSpec;
import dev.provisioning.planning.config.ConfigSchema;
import dev.provisioning.planning.config.EffectiveConfig;
import dev.provisioning.planning.config.Layer;
import dev.provisioning.planning.config.SecretPaths;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** What is wrong with the configuration part of a definition. */
public final class ConfigRules {
  private ConfigRules() {}

  /** One sentence a problem, each with its field's path; empty when all is well. */
  public static List<String> check(TaskServDefinitionSpec definition) {
    List<String> problems = new ArrayList<>();
    if (definition.config() == null) {
      return problems;
    }
    ConfigSchema schema;
    try {
      schema = Configuration.schema(definition);
    } catch (ConfigSchema.BadSchema e) {
      problems.add("spec.config.schema: " + e.getMessage());
      return problems;
    }
    secrets(definition, schema, problems);
    ObjectNode defaults = schema.defaults();
    schema.check(defaults).stream()
        .filter(p -> !p.message().equals("is required"))
        .forEach(
            p ->
                problems.add(
                    "spec.config.schema: the default of %s is wrong: %s"
                        .formatted(p.path(), p.message())));
    new TreeMap<>(definition.config().profiles())
        .forEach((name, values) -> profile(definition, schema, name, values, problems));
    return problems;
  }

  private static void profile(
      TaskServDefinitionSpec definition,
      ConfigSchema schema,
      String name,
      JsonNode values,
      List<String> problems) {
    String at = "spec.config.profiles." + name;
    if (!values.isObject()) {
      problems.add(at + ": must be a map");
      return;
    }
    EffectiveConfig merged =
        EffectiveConfig.merge(
            List.of(
                new Layer("definition", Json.map(schema.defaults())),
                new Layer("profile", Json.map(values))));
    ObjectNode plain =
        new SecretPaths(Configuration.secretsOf(definition))
            .split(Json.tree(merged.values()))
            .plain();
    schema.check(plain).stream()
        .filter(p -> !p.message().equals("is required"))
        .forEach(p -> problems.add(at + "." + p.path() + ": " + p.message()));
  }

  private static void secrets(
      TaskServDefinitionSpec definition, ConfigSchema schema, List<String> problems) {
    List<String> secrets = definition.config().secrets();
    for (int i = 0; i < secrets.size(); i++) {
      String at = "spec.config.secrets[" + i + "]";
      String path = secrets.get(i);
      if (!path.matches("[A-Za-z][A-Za-z0-9_-]*(\\.([A-Za-z][A-Za-z0-9_-]*|\\*))*\\??")) {
        problems.add(at + ": %s is no path like password or users.*.password".formatted(path));
      } else if (schema.keys().contains(path.replace("?", ""))) {
        problems.add(
            at
                + ": %s is in spec.config.schema too; a secret does not belong there"
                    .formatted(path));
      }
    }
  }
}
