package dev.provisioning.planning.taskserv;

import dev.provisioning.api.taskserv.Dependencies;
import dev.provisioning.planning.taskserv.TaskServAction.GenerateSecrets;
import java.util.ArrayList;
import java.util.List;

/** What has to be made before anything runs on a machine: secrets, and services that are needed. */
final class Preparations {
  private Preparations() {}

  /** None while it is refused, or is being deleted. */
  static List<TaskServAction> of(Assessment assessment) {
    if (assessment.resolution().isEmpty() || assessment.refusal().isPresent()) {
      return List.of();
    }
    TaskServInput input = assessment.input();
    Resolution resolution = assessment.resolution().get();
    List<TaskServAction> actions = new ArrayList<>();
    if (!resolution.generate().isEmpty()) {
      actions.add(
          new GenerateSecrets(
              Resolution.generatedSecret(input.ref().name()),
              resolution.generate().stream().sorted().toList()));
    }
    if (resolution.effective().spec().dependencies() == Dependencies.Install) {
      assessment
          .missing()
          .forEach(missing -> Installs.of(input, resolution, missing).ifPresent(actions::add));
    }
    return actions;
  }
}
