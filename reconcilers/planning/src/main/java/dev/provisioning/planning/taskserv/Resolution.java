package dev.provisioning.planning.taskserv;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provisioning.api.taskserv.Revision;
import dev.provisioning.api.taskserv.TaskServDefinitionSpec;
import dev.provisioning.planning.config.Hashes;
import dev.provisioning.planning.taskserv.design.Blueprint;
import dev.provisioning.planning.taskserv.design.Configuration;
import dev.provisioning.planning.taskserv.design.Versions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A spec brought together with its definition, Workspace and machines.
 *
 * @param secrets where each secret of the configuration comes from, by its name on the machine
 * @param generate keys of the generated Secret that do not exist yet
 * @param missingSecrets entries that the spec refers to and that do not exist
 */
record Resolution(
    EffectiveSpec effective,
    TaskServDefinitionSpec definition,
    Configuration configuration,
    List<ServerFacts> targets,
    Blueprint blueprint,
    Map<String, SecretKey> secrets,
    List<String> generate,
    List<SecretKey> missingSecrets) {
  private static final int HASH_LENGTH = 16;

  static String generatedSecret(String taskServ) {
    return taskServ + "-generated";
  }

  static String exportsSecret(String taskServ) {
    return taskServ + "-exports";
  }

  /**
   * @param fingerprints knows the Secrets' entries; absent: there is none
   * @throws Refused when something that the spec speaks of cannot be found, or makes no service
   */
  static Resolution of(TaskServInput input, Function<SecretKey, Optional<String>> fingerprints) {
    return new Resolver(input, fingerprints).resolve();
  }

  /** The definition of an earlier revision, if it was another one and is still known. */
  Optional<TaskServDefinitionSpec> earlier(Revision revision, TaskServInput input) {
    return input
        .world()
        .catalogue()
        .lastGood()
        .filter(then -> Versions.hash(then).equals(revision.definitionHash()))
        .filter(then -> !definitionHash().equals(revision.definitionHash()));
  }

  /** The same with the configuration and, where it is known, the definition of a revision. */
  Resolution at(
      Revision revision, TaskServInput input, Function<SecretKey, Optional<String>> fingerprints) {
    ObjectNode values = JsonNodeFactory.instance.objectNode();
    revision.config().forEach(values::set);
    TaskServDefinitionSpec then = earlier(revision, input).orElse(definition);
    return new Resolver(input, fingerprints)
        .resolve(effective, then, Configuration.stored(values, then));
  }

  /** Name of this version and configuration; equal iff a rollout has nothing to do. */
  String revisionHash() {
    StringBuilder text = new StringBuilder();
    text.append(effective.spec().version()).append('\n');
    text.append(Hashes.canonical(configuration.plain())).append('\n');
    new TreeMap<>(configuration.secrets()).forEach((n, r) -> text.append(n).append(r).append('\n'));
    return Hashes.sha256(text.toString()).substring(0, HASH_LENGTH);
  }

  String definitionHash() {
    return Versions.hash(definition);
  }

  Map<String, JsonNode> references() {
    return configuration.references();
  }
}
