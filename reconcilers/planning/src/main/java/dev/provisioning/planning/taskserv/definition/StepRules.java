package dev.provisioning.planning.taskserv.definition;

import dev.provisioning.api.taskserv.HealthCheckSpec;
import dev.provisioning.api.taskserv.StepSpec;
import dev.provisioning.api.taskserv.StepTiming;
import dev.provisioning.api.taskserv.TaskServDefinitionSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** What is wrong with the steps, checks, exports and roles of a definition. */
final class StepRules {
  private static final Set<String> OWN =
      Set.of(
          "packages",
          "artifact",
          "files",
          "start",
          "verify",
          "exports",
          "stop",
          "remove-packages",
          "remove-files",
          "delete-data");

  private final TaskServDefinitionSpec definition;
  private final List<String> problems = new ArrayList<>();

  StepRules(TaskServDefinitionSpec definition) {
    this.definition = definition;
  }

  List<String> check() {
    steps("install", definition.install(), Set.of());
    steps(
        "configure", definition.configure(), Set.of(StepTiming.BeforeStart, StepTiming.AfterStart));
    steps(
        "upgrade", definition.upgrade(), Set.of(StepTiming.BeforeInstall, StepTiming.AfterInstall));
    steps("uninstall", definition.uninstall(), Set.of());
    steps("backup", definition.backup(), Set.of());
    steps("restore", definition.restore(), Set.of());
    checks();
    roles();
    return problems;
  }

  private void steps(String field, List<StepSpec> steps, Set<StepTiming> allowed) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < steps.size(); i++) {
      StepSpec step = steps.get(i);
      String at = "spec." + field + "[" + i + "]";
      if (OWN.contains(step.name())) {
        problems.add(at + ".name: %s is a step that the operator makes".formatted(step.name()));
      }
      if (!names.add(step.name())) {
        problems.add(at + ".name: %s is there already".formatted(step.name()));
      }
      if (step.when() != null && !allowed.contains(step.when())) {
        problems.add(at + ".when: %s has no meaning in spec.%s".formatted(step.when(), field));
      }
      role(at, step.role());
    }
  }

  private void checks() {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < definition.healthChecks().size(); i++) {
      HealthCheckSpec check = definition.healthChecks().get(i);
      String at = "spec.healthChecks[" + i + "]";
      if (!names.add(check.name())) {
        problems.add(at + ".name: %s is there already".formatted(check.name()));
      }
      long ways =
          Stream.of(check.command(), check.tcp(), check.http(), check.unit())
              .filter(Objects::nonNull)
              .count();
      if (ways != 1) {
        problems.add(at + ": give exactly one of command, tcp, http, unit");
      }
      role(at, check.role());
    }
  }

  private void roles() {
    for (int i = 0; i < definition.files().size(); i++) {
      role("spec.files[" + i + "]", definition.files().get(i).role());
    }
    for (int i = 0; i < definition.exports().size(); i++) {
      role("spec.exports[" + i + "]", definition.exports().get(i).role());
    }
    for (int i = 0; i < definition.ports().size(); i++) {
      role("spec.ports[" + i + "]", definition.ports().get(i).role());
    }
  }

  private void role(String at, String role) {
    if (role != null && !definition.roles().contains(role)) {
      problems.add(
          "%s.role: %s is not one of spec.roles (%s)"
              .formatted(
                  at,
                  role,
                  definition.roles().isEmpty() ? "none" : String.join(", ", definition.roles())));
    }
  }
}
