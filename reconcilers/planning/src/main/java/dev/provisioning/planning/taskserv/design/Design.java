package dev.provisioning.planning.taskserv.design;

import dev.provisioning.api.taskserv.Artifact;
import dev.provisioning.api.taskserv.HealthCheckSpec;
import dev.provisioning.api.taskserv.ManagedFileSpec;
import dev.provisioning.api.taskserv.RunOn;
import dev.provisioning.api.taskserv.StepSpec;
import dev.provisioning.api.taskserv.TaskServDefinitionSpec;
import dev.provisioning.api.taskserv.VersionSpec;
import dev.provisioning.planning.config.Hashes;
import dev.provisioning.planning.taskserv.Refused;
import dev.provisioning.spi.model.Bundle.ManagedFile;
import dev.provisioning.spi.model.HealthCheck;
import dev.provisioning.spi.model.MachineFacts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What one machine of a TaskServ shall be, fully rendered.
 *
 * @param configHash equal iff nothing that a reconfiguration applies differs
 * @param startPeriod how long failing checks are not yet a failure
 */
public record Design(
    Blueprint blueprint,
    Members.Member member,
    String version,
    String configHash,
    List<ManagedFile> files,
    List<String> units,
    List<String> packages,
    List<String> dataPaths,
    Optional<Artifact> artifact,
    List<HealthCheck> checks,
    Duration startPeriod) {
  private static final int HASH_LENGTH = 16;

  public Design {
    files = List.copyOf(files);
    units = List.copyOf(units);
    packages = List.copyOf(packages);
    dataPaths = List.copyOf(dataPaths);
    checks = List.copyOf(checks);
  }

  /**
   * @throws dev.provisioning.planning.taskserv.Refused when a template cannot be rendered, or the
   *     version has no artifact for the machine's architecture
   */
  public static Design of(Blueprint blueprint, Members.Member member, VersionSpec version) {
    Rendering rendering = new Rendering(blueprint, member, version);
    TaskServDefinitionSpec definition = blueprint.definition();
    List<ManagedFile> files = rendering.files();
    List<String> units = rendering.all("spec.units", definition.units());
    List<HealthCheckSpec> checks =
        definition.healthChecks().stream().filter(c -> plays(member, c.role(), null)).toList();
    Design design =
        new Design(
            blueprint,
            member,
            version.version(),
            "",
            files,
            units,
            rendering.all(
                "spec.versions[%s].packages".formatted(version.version()), version.packages()),
            rendering.all("spec.dataPaths", definition.dataPaths()),
            rendering.artifact(),
            checks.stream().map(rendering::check).toList(),
            checks.stream()
                .map(HealthCommands::startPeriod)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO));
    return design.named();
  }

  /** Whether a step, file, check or export for {@code role} and {@code runOn} concerns a member. */
  static boolean plays(Members.Member member, String role, RunOn runOn) {
    return (role == null || role.equals(member.role()))
        && (runOn != RunOn.Leader || member.leader());
  }

  List<StepSpec> steps(List<StepSpec> specs) {
    return specs.stream().filter(s -> plays(member, s.role(), s.runOn())).toList();
  }

  private Design named() {
    return new Design(
        blueprint,
        member,
        version,
        hash(),
        files,
        units,
        packages,
        dataPaths,
        artifact,
        checks,
        startPeriod);
  }

  private String hash() {
    StringBuilder text = new StringBuilder();
    text.append(version).append('\n').append(member.role()).append('\n');
    text.append(Hashes.canonical(blueprint.configuration().plain())).append('\n');
    files.forEach(file -> text.append(file).append('\n'));
    text.append(units).append('\n').append(usedEnvironment()).append('\n');
    new TreeMap<>(blueprint.secrets())
        .forEach(
            (name, use) -> text.append(name).append('=').append(use.fingerprint()).append('\n'));
    blueprint
        .allSecrets()
        .forEach(
            (name, use) -> {
              if (text.indexOf(dev.provisioning.spi.model.Bundle.secretMarker(name)) >= 0) {
                text.append(name).append(use.fingerprint()).append('\n');
              }
            });
    return Hashes.sha256(text.toString()).substring(0, HASH_LENGTH);
  }

  /** What the configure scripts read of the other members: they must run when that changes. */
  private Map<String, String> usedEnvironment() {
    List<StepSpec> steps = steps(blueprint.definition().configure());
    Map<String, String> used = new TreeMap<>();
    new Environment(this, Optional.empty())
        .ofMembers()
        .forEach(
            (name, value) -> {
              if (steps.stream().anyMatch(s -> s.run().contains(name) || reads(s.check(), name))) {
                used.put(name, value);
              }
            });
    return used;
  }

  private static boolean reads(String script, String name) {
    return script != null && script.contains(name);
  }

  /** Renders the templates of a definition for one machine. */
  private record Rendering(
      Blueprint blueprint,
      Members.Member member,
      VersionSpec version,
      Map<String, Object> variables) {
    Rendering(Blueprint blueprint, Members.Member member, VersionSpec version) {
      this(blueprint, member, version, blueprint.variables(member, version.version()));
    }

    String render(String where, String text) {
      return Templates.render(where, text, variables);
    }

    /** What renders to nothing is left out. */
    List<String> all(String where, List<String> texts) {
      List<String> result = new ArrayList<>();
      for (int i = 0; i < texts.size(); i++) {
        String text = render(where + "[" + i + "]", texts.get(i)).strip();
        Stream.of(text.split("\\s+")).filter(word -> !word.isEmpty()).forEach(result::add);
      }
      return result;
    }

    List<ManagedFile> files() {
      List<ManagedFile> result = new ArrayList<>();
      List<ManagedFileSpec> specs = blueprint.definition().files();
      for (int i = 0; i < specs.size(); i++) {
        ManagedFileSpec spec = specs.get(i);
        String where = "spec.files[" + i + "]";
        if (plays(member, spec.role(), null)) {
          String path = render(where + ".path", spec.path()).strip();
          if (!path.isEmpty()) {
            if (!Paths.isFile(path)) {
              throw Refused.invalid(
                  "PathInvalid",
                  "%s.path becomes %s on %s: that is no absolute path of a file"
                      .formatted(where, path, member.name()));
            }
            result.add(file(where, path, spec));
          }
        }
      }
      return result;
    }

    private ManagedFile file(String where, String path, ManagedFileSpec spec) {
      return new ManagedFile(
          path,
          render(where + ".template", spec.template()),
          spec.mode() == null ? "0644" : spec.mode(),
          spec.owner() == null ? "root:root" : render(where + ".owner", spec.owner()).strip(),
          Optional.ofNullable(spec.validate()),
          all(where + ".restarts", spec.restarts()),
          all(where + ".reloads", spec.reloads()));
    }

    HealthCheck check(HealthCheckSpec spec) {
      UnaryOperator<String> rendered =
          text -> render("spec.healthChecks[%s]".formatted(spec.name()), text).strip();
      return HealthCommands.of(spec, rendered);
    }

    Optional<Artifact> artifact() {
      String architecture = member.server().facts().map(MachineFacts::architecture).orElse("");
      return version.artifacts().stream()
          .filter(a -> a.architecture() == null || a.architecture().equals(architecture))
          .findFirst()
          .map(
              a ->
                  a.withUrl(
                      render("spec.versions[%s].artifacts".formatted(version.version()), a.url())));
    }
  }
}
