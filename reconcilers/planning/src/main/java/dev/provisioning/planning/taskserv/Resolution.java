package dev.provisioning.planning.taskserv;

import com.fasterxml.jackson.databind.JsonNode;
import dev.provisioning.api.DataPolicy;
import dev.provisioning.api.DurationText;
import dev.provisioning.api.taskserv.ExportSpec;
import dev.provisioning.api.taskserv.ExportStatus;
import dev.provisioning.api.taskserv.Revision;
import dev.provisioning.api.taskserv.TaskServDefinitionSpec;
import dev.provisioning.api.taskserv.TaskServStatus;
import dev.provisioning.api.workspace.Environment;
import dev.provisioning.planning.config.Hashes;
import dev.provisioning.planning.config.SecretPaths;
import dev.provisioning.planning.taskserv.design.Blueprint;
import dev.provisioning.planning.taskserv.design.Blueprint.ExportValue;
import dev.provisioning.planning.taskserv.design.Configuration;
import dev.provisioning.planning.taskserv.design.Members;
import dev.provisioning.planning.taskserv.design.Versions;
import dev.provisioning.spi.model.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

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
  private static final Duration DEFINITION_RECHECK = Duration.ofSeconds(60);
  private static final Duration STEP_TIMEOUT = Duration.ofMinutes(10);
  private static final int HASH_LENGTH = 16;

  static String generatedSecret(String taskServ) {
    return taskServ + "-generated";
  }

  static String exportsSecret(String taskServ) {
    return taskServ + "-exports";
  }

  /** {@code fingerprints} knows the Secrets' entries; absent: there is none. */
  static Resolution of(TaskServInput input, Function<SecretKey, Optional<String>> fingerprints) {
    WorkspaceView workspace = workspace(input);
    EffectiveSpec effective = EffectiveSpec.of(input, workspace);
    TaskServDefinitionSpec definition = definition(input, effective.definition());
    Configuration configuration =
        Configuration.of(
            new Configuration.Sources(
                effective.definition(),
                definition,
                Optional.ofNullable(effective.spec().profile()),
                effective.config()));
    return new Builder(input, workspace, fingerprints).build(effective, definition, configuration);
  }

  /** The same with the configuration of an earlier revision. */
  Resolution at(
      Revision revision, TaskServInput input, Function<SecretKey, Optional<String>> fingerprints) {
    com.fasterxml.jackson.databind.node.ObjectNode values =
        com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode();
    revision.config().forEach(values::set);
    return new Builder(input, workspace(input), fingerprints)
        .build(effective, definition, Configuration.stored(values, definition));
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

  static WorkspaceView workspace(TaskServInput input) {
    return input
        .world()
        .workspace()
        .orElseThrow(
            () ->
                new Refused(
                    input
                        .world()
                        .workspaceProblem()
                        .orElseGet(
                            () ->
                                new Failure.Waiting(
                                    "WorkspaceNotFound",
                                    "there is no Workspace for this TaskServ",
                                    DEFINITION_RECHECK))));
  }

  private static TaskServDefinitionSpec definition(TaskServInput input, String name) {
    TaskServDefinitionSpec definition = input.world().definitions().get(name);
    if (definition == null) {
      String known =
          new TreeSet<>(input.world().definitions().keySet())
              .stream().limit(20).collect(Collectors.joining(", "));
      throw new Refused(
          new Failure.Waiting(
              "DefinitionNotFound",
              "there is no TaskServDefinition %s in this namespace or the operator's; there are %s"
                  .formatted(name, known.isEmpty() ? "none" : known),
              DEFINITION_RECHECK));
    }
    return definition;
  }

  private record Builder(
      TaskServInput input,
      WorkspaceView workspace,
      Function<SecretKey, Optional<String>> fingerprints) {
    Resolution build(
        EffectiveSpec effective, TaskServDefinitionSpec definition, Configuration configuration) {
      List<ServerFacts> targets = Targeting.existing(effective.spec(), input.world());
      Map<String, SecretKey> secrets = new TreeMap<>();
      configuration.secrets().forEach((name, ref) -> secrets.put(name, key(ref, name)));
      Map<String, SecretUse> known = new HashMap<>();
      List<String> generate = new ArrayList<>();
      List<SecretKey> missing = new ArrayList<>();
      secrets.forEach(
          (name, key) -> {
            Optional<String> fingerprint = fingerprints.apply(key);
            if (fingerprint.isPresent()) {
              known.put(name, new SecretUse(key, fingerprint.get()));
            } else if (key.secret().equals(generatedSecret(input.ref().name()))) {
              generate.add(key.key());
            } else {
              missing.add(key);
            }
          });
      Members members = members(targets, definition);
      Blueprint blueprint =
          new Blueprint(
              identity(effective),
              definition,
              configuration,
              members,
              Peers.of(input),
              exports(definition),
              known,
              options(effective));
      return new Resolution(
          effective, definition, configuration, targets, blueprint, secrets, generate, missing);
    }

    private SecretKey key(SecretPaths.Reference reference, String name) {
      return reference
          .secret()
          .map(secret -> new SecretKey(secret, reference.key()))
          .orElseGet(() -> new SecretKey(generatedSecret(input.ref().name()), name));
    }

    private Members members(List<ServerFacts> targets, TaskServDefinitionSpec definition) {
      return Members.of(
          new Members.Cast(
              input.ref().name(),
              targets,
              definition.roles(),
              input.status().map(TaskServStatus::leader)));
    }

    private Blueprint.Identity identity(EffectiveSpec effective) {
      Environment environment = workspace.spec().environment();
      return new Blueprint.Identity(
          input.ref().name(),
          input.ref().uid(),
          effective.definition(),
          workspace.name(),
          environment == null ? Environment.Development.name() : environment.name());
    }

    private static Blueprint.Options options(EffectiveSpec effective) {
      DataPolicy policy = effective.spec().dataPolicy();
      return new Blueprint.Options(
          policy == null ? DataPolicy.Retain : policy, stepTimeout(effective));
    }

    private Map<String, ExportValue> exports(TaskServDefinitionSpec definition) {
      Map<String, ExportValue> result = new HashMap<>();
      for (ExportSpec export : definition.exports()) {
        Optional<ExportStatus> made =
            input.status().stream()
                .flatMap(s -> s.exports().stream())
                .filter(e -> e.name().equals(export.name()))
                .findFirst();
        if (made.isPresent() && Boolean.TRUE.equals(export.secret())) {
          SecretKey key = new SecretKey(exportsSecret(input.ref().name()), export.name());
          fingerprints
              .apply(key)
              .ifPresent(
                  f -> result.put(export.name(), new ExportValue.Secret(new SecretUse(key, f))));
        } else if (made.isPresent() && made.get().value() != null) {
          result.put(export.name(), new ExportValue.Plain(made.get().value()));
        }
      }
      return result;
    }
  }

  static Duration stepTimeout(EffectiveSpec effective) {
    return effective.spec().timeouts() == null
        ? STEP_TIMEOUT
        : DurationText.parse(effective.spec().timeouts().step(), STEP_TIMEOUT);
  }
}
