package dev.provisioning.planning.taskserv;

import dev.provisioning.api.DataPolicy;
import dev.provisioning.api.DurationText;
import dev.provisioning.api.taskserv.ExportSpec;
import dev.provisioning.api.taskserv.ExportStatus;
import dev.provisioning.api.taskserv.TaskServDefinitionSpec;
import dev.provisioning.api.taskserv.TaskServStatus;
import dev.provisioning.api.workspace.Environment;
import dev.provisioning.planning.config.Names;
import dev.provisioning.planning.taskserv.design.Blueprint;
import dev.provisioning.planning.taskserv.design.Blueprint.ExportValue;
import dev.provisioning.planning.taskserv.design.Configuration;
import dev.provisioning.planning.taskserv.design.Members;
import dev.provisioning.spi.model.Failure;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Makes {@link Resolution}s: finds what a spec speaks of, and refuses what cannot be found. */
final class Resolver {
  private static final Duration RECHECK = Duration.ofSeconds(60);
  private static final Duration STEP_TIMEOUT = Duration.ofMinutes(10);
  private static final int NAMED = 20;

  private final TaskServInput input;
  private final WorkspaceView workspace;
  private final Function<SecretKey, Optional<String>> fingerprints;

  /**
   * @param fingerprints knows the Secrets' entries; absent: there is none
   * @throws Refused when there is no Workspace
   */
  Resolver(TaskServInput input, Function<SecretKey, Optional<String>> fingerprints) {
    this.input = input;
    this.workspace = input.world().workspace().orElseThrow(() -> new Refused(noWorkspace(input)));
    this.fingerprints = fingerprints;
  }

  /** As the spec wants it now. */
  Resolution resolve() {
    EffectiveSpec effective = EffectiveSpec.of(input, workspace);
    TaskServDefinitionSpec definition = definition(effective.definition());
    Configuration configuration =
        Configuration.of(
            new Configuration.Sources(
                effective.definition(),
                definition,
                Optional.ofNullable(effective.spec().profile()),
                effective.config()));
    return resolve(effective, definition, configuration);
  }

  /** With another definition or configuration than the spec names, for the same machines. */
  Resolution resolve(
      EffectiveSpec effective, TaskServDefinitionSpec definition, Configuration configuration) {
    List<ServerFacts> targets = Targeting.existing(effective.spec(), input.world());
    SecretSources secrets = SecretSources.of(input.ref().name(), configuration, fingerprints);
    Blueprint blueprint =
        new Blueprint(
            identity(effective),
            definition,
            configuration,
            members(targets, definition),
            Peers.of(input),
            exports(definition),
            secrets.known(),
            options(effective));
    return new Resolution(
        effective,
        definition,
        configuration,
        targets,
        blueprint,
        secrets.all(),
        secrets.generate(),
        secrets.missing());
  }

  private static Failure noWorkspace(TaskServInput input) {
    return input
        .world()
        .workspaceProblem()
        .orElseGet(
            () ->
                new Failure.Waiting(
                    "WorkspaceNotFound", "there is no Workspace for this TaskServ", RECHECK));
  }

  private TaskServDefinitionSpec definition(String name) {
    TaskServDefinitionSpec definition = input.world().definitions().get(name);
    if (definition == null) {
      throw new Refused(
          new Failure.Waiting(
              "DefinitionNotFound",
              "there is no TaskServDefinition %s in this namespace or the operator's%s"
                  .formatted(name, others(name, input.world().definitions().keySet())),
              RECHECK));
    }
    return definition;
  }

  private static String others(String wrong, Set<String> known) {
    String near = Names.didYouMean(wrong, known);
    String some = new TreeSet<>(known).stream().limit(NAMED).collect(Collectors.joining(", "));
    return near.isEmpty() ? "; there are " + (some.isEmpty() ? "none" : some) : near;
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

  private static Duration stepTimeout(EffectiveSpec effective) {
    return effective.spec().timeouts() == null
        ? STEP_TIMEOUT
        : DurationText.parse(effective.spec().timeouts().step(), STEP_TIMEOUT);
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
        SecretKey key = new SecretKey(Resolution.exportsSecret(input.ref().name()), export.name());
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
