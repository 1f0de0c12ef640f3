package dev.provisioning.planning.taskserv;

import dev.provisioning.api.taskserv.Dependencies;
import dev.provisioning.api.taskserv.Targets;
import dev.provisioning.api.taskserv.TaskServSpecBuilder;
import dev.provisioning.planning.taskserv.TaskServAction.InstallDependency;
import java.util.Optional;

/** The TaskServ that would meet a requirement. */
final class Installs {
  private Installs() {}

  /** Empty when no definition is known that could. */
  static Optional<InstallDependency> of(
      TaskServInput input, Resolution resolution, Relations.Missing missing) {
    String wanted = missing.requirement().name();
    Optional<String> definition =
        input.world().definitions().containsKey(wanted)
            ? Optional.of(wanted)
            : input.world().definitions().entrySet().stream()
                .filter(entry -> entry.getValue().provides().contains(wanted))
                .map(java.util.Map.Entry::getKey)
                .sorted()
                .findFirst();
    return definition.map(
        name ->
            new InstallDependency(
                input.ref().name() + "-" + name,
                TaskServSpecBuilder.builder()
                    .workspace(input.spec().workspace())
                    .infra(input.spec().infra())
                    .definition(name)
                    .version(name.equals(wanted) ? missing.requirement().version() : null)
                    .servers(new Targets(missing.servers(), null))
                    .dependencies(Dependencies.Install)
                    .build()));
  }
}
