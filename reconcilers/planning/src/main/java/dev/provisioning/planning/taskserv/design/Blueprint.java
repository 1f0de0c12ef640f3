package dev.provisioning.planning.taskserv.design;

import dev.provisioning.api.DataPolicy;
import dev.provisioning.api.taskserv.TaskServDefinitionSpec;
import dev.provisioning.planning.taskserv.SecretUse;
import dev.provisioning.spi.model.Bundle;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What all machines of a TaskServ have in common.
 *
 * @param exports values made by members before, by name
 * @param secrets what is known of the secrets of the configuration, by their names on the machine
 */
public record Blueprint(
    Identity identity,
    TaskServDefinitionSpec definition,
    Configuration configuration,
    Members members,
    Neighbours neighbours,
    Map<String, ExportValue> exports,
    Map<String, SecretUse> secrets,
    Options options) {
  public Blueprint {
    exports = Map.copyOf(exports);
    secrets = Map.copyOf(secrets);
  }

  /** Names. {@code uid} is the TaskServ's. */
  public record Identity(
      String taskServ, String uid, String definition, String workspace, String environment) {}

  /** {@code stepTimeout} is for steps that name none. */
  public record Options(DataPolicy dataPolicy, Duration stepTimeout) {}

  /** A value that a member made: known text, or a secret that only machines see. */
  public sealed interface ExportValue {
    record Plain(String value) implements ExportValue {}

    record Secret(SecretUse use) implements ExportValue {}
  }

  /** Name on the machine of the secret that holds an export. */
  public static String exportSecret(String export) {
    return "export." + export;
  }

  /** Everything that an operation on a machine needs, by its name there. */
  public Map<String, SecretUse> allSecrets() {
    Map<String, SecretUse> all = new TreeMap<>(secrets);
    exports.forEach(
        (name, value) -> {
          if (value instanceof ExportValue.Secret secret) {
            all.put(exportSecret(name), secret.use());
          }
        });
    return all;
  }

  /** The variables of templates on one machine. */
  Map<String, Object> variables(Members.Member member, String version) {
    Map<String, Object> map = new HashMap<>();
    map.put("config", configuration.variables());
    map.put("server", member.selfVariables());
    map.put("members", members.all().stream().map(Members.Member::variables).toList());
    map.put(
        "others",
        members.all().stream()
            .filter(other -> !other.name().equals(member.name()))
            .map(Members.Member::variables)
            .toList());
    map.put("leader", members.leader().variables());
    map.putAll(neighbours.variables());
    map.put(
        "workspace", Map.of("name", identity.workspace(), "environment", identity.environment()));
    map.put("exports", exportVariables());
    map.put("version", version);
    map.put("role", member.role());
    map.put("taskserv", identity.taskServ());
    map.put("dataPolicy", options.dataPolicy().name());
    return map;
  }

  private Map<String, Object> exportVariables() {
    Map<String, Object> map = new TreeMap<>();
    exports.forEach(
        (name, value) ->
            map.put(
                name,
                switch (value) {
                  case ExportValue.Plain plain -> plain.value();
                  case ExportValue.Secret s -> Bundle.secretMarker(exportSecret(name));
                }));
    return map;
  }
}
