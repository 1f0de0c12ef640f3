package dev.provisioning.planning.taskserv.definition;

import dev.provisioning.api.taskserv.ManagedFileSpec;
import dev.provisioning.api.taskserv.Requirement;
import dev.provisioning.api.taskserv.TaskServDefinitionSpec;
import dev.provisioning.api.taskserv.VersionSpec;
import dev.provisioning.planning.config.Memo;
import dev.provisioning.planning.taskserv.design.ConfigRules;
import dev.provisioning.planning.taskserv.design.Paths;
import dev.provisioning.planning.taskserv.design.Ports;
import dev.provisioning.planning.taskserv.design.TemplateCheck;
import dev.provisioning.planning.taskserv.design.Versions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** What is wrong with a definition, each with its path: {@code spec.files[0].template:3: …}. */
public final class DefinitionRules {
  private static final Memo<TaskServDefinitionSpec, List<String>> KNOWN = new Memo<>(256);

  private final TaskServDefinitionSpec definition;
  private final List<String> problems = new ArrayList<>();

  private DefinitionRules(TaskServDefinitionSpec definition) {
    this.definition = definition;
  }

  /** Empty when all is right. */
  public static List<String> check(TaskServDefinitionSpec definition) {
    return KNOWN.get(definition, DefinitionRules::find);
  }

  private static List<String> find(TaskServDefinitionSpec definition) {
    DefinitionRules rules = new DefinitionRules(definition);
    rules.versions();
    rules.problems.addAll(ConfigRules.check(definition));
    rules.relations("requires", definition.requires());
    rules.relations("recommends", definition.recommends());
    rules.relations("conflicts", definition.conflicts());
    rules.problems.addAll(new StepRules(definition).check());
    rules.problems.addAll(Ports.check(definition));
    rules.files();
    rules.templates();
    return List.copyOf(rules.problems);
  }

  private void versions() {
    if (definition.versions().isEmpty()) {
      problems.add("spec.versions: name at least one");
    }
    unique("spec.versions", definition.versions(), VersionSpec::version, "version");
    for (int i = 0; i < definition.versions().size(); i++) {
      VersionSpec version = definition.versions().get(i);
      String at = "spec.versions[" + i + "]";
      if (!Versions.isVersion(version.version())) {
        problems.add(at + ".version: %s is no version like 7.0".formatted(version.version()));
      }
      range(at + ".upgradesFrom", version.upgradesFrom());
      artifacts(at, version);
    }
  }

  private void artifacts(String at, VersionSpec version) {
    for (int i = 0; i < version.artifacts().size(); i++) {
      String architecture = version.artifacts().get(i).architecture();
      if (architecture != null
          && !definition.architectures().isEmpty()
          && !definition.architectures().contains(architecture)) {
        problems.add(
            "%s.artifacts[%d].architecture: %s is not one of spec.architectures"
                .formatted(at, i, architecture));
      }
    }
  }

  private void relations(String field, List<Requirement> requirements) {
    unique("spec." + field, requirements, Requirement::name, "name");
    for (int i = 0; i < requirements.size(); i++) {
      String at = "spec." + field + "[" + i + "]";
      range(at + ".version", requirements.get(i).version());
      if (definition.provides().contains(requirements.get(i).name()) && field.equals("requires")) {
        problems.add(
            at
                + ".name: %s is what this definition provides itself"
                    .formatted(requirements.get(i).name()));
      }
    }
  }

  private void range(String at, String range) {
    if (range != null && !Versions.isRange(range)) {
      problems.add(at + ": %s is no range like >=7 <9".formatted(range));
    }
  }

  private void files() {
    unique(
        "spec.files",
        definition.files(),
        file -> file.path() + (file.role() == null ? "" : " for role " + file.role()),
        "path");
    for (int i = 0; i < definition.files().size(); i++) {
      ManagedFileSpec file = definition.files().get(i);
      if (!Paths.isPlain(file.path())) {
        problems.add(
            "spec.files[%d].path: %s is no absolute path of a file, like /etc/redis/redis.conf"
                .formatted(i, file.path()));
      }
      if (file.mode() != null && !file.mode().matches("0?[0-7]{3,4}")) {
        problems.add(
            "spec.files[%d].mode: %s is no octal mode like 0644".formatted(i, file.mode()));
      }
    }
  }

  private void templates() {
    TemplateCheck templates = new TemplateCheck(definition);
    for (int i = 0; i < definition.files().size(); i++) {
      ManagedFileSpec file = definition.files().get(i);
      String at = "spec.files[" + i + "].";
      templates.problem(at + "path", file.path()).ifPresent(problems::add);
      templates.problem(at + "owner", file.owner()).ifPresent(problems::add);
      templates.problem(at + "template", file.template()).ifPresent(problems::add);
      all(templates, at + "restarts", file.restarts());
      all(templates, at + "reloads", file.reloads());
    }
    all(templates, "spec.units", definition.units());
    all(templates, "spec.dataPaths", definition.dataPaths());
    for (int i = 0; i < definition.versions().size(); i++) {
      all(templates, "spec.versions[" + i + "].packages", definition.versions().get(i).packages());
    }
    definition
        .healthChecks()
        .forEach(
            check -> {
              String at = "spec.healthChecks[" + check.name() + "].";
              templates.problem(at + "unit", check.unit()).ifPresent(problems::add);
              if (check.http() != null) {
                templates.problem(at + "http.url", check.http().url()).ifPresent(problems::add);
              }
              if (check.tcp() != null) {
                templates.problem(at + "tcp.host", check.tcp().host()).ifPresent(problems::add);
                templates.problem(at + "tcp.port", check.tcp().port()).ifPresent(problems::add);
              }
            });
  }

  private void all(TemplateCheck templates, String at, List<String> texts) {
    for (int i = 0; i < texts.size(); i++) {
      templates.problem(at + "[" + i + "]", texts.get(i)).ifPresent(problems::add);
    }
  }

  private <T> void unique(String at, List<T> items, Function<T, String> name, String field) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < items.size(); i++) {
      if (!seen.add(name.apply(items.get(i)))) {
        problems.add(
            "%s[%d].%s: %s is there already".formatted(at, i, field, name.apply(items.get(i))));
      }
    }
  }
}
