package dev.provisioning.planning.taskserv;

import dev.provisioning.api.taskserv.Footprint;
import dev.provisioning.api.taskserv.TaskServDefinitionSpec;
import dev.provisioning.api.taskserv.VersionSpec;
import dev.provisioning.planning.taskserv.design.Versions;
import dev.provisioning.spi.model.MachineFacts;
import java.util.Optional;

/** Whether a machine can take a service, and whether it can go from one version to another. */
final class Platform {
  /** A machine sold with 1 GB tells of less: the kernel keeps some. */
  private static final int USABLE_PERCENT = 90;

  private Platform() {}

  static void check(Resolution resolution, ServerFacts server) {
    Optional<MachineFacts> facts = server.facts();
    String name = resolution.effective().definition();
    TaskServDefinitionSpec definition = resolution.definition();
    Footprint needs = definition.resources();
    if (facts.isEmpty()) {
      return;
    }
    if (!definition.units().isEmpty() && !facts.get().systemd()) {
      throw Refused.invalid(
          "SystemdMissing",
          "%s has systemd units, and Server %s does not run systemd"
              .formatted(name, server.name()));
    }
    if (needs == null) {
      return;
    }
    enough(name, server, "MB of memory", needs.memoryMb(), facts.get().memoryMb());
    enough(name, server, "GB of disk", needs.diskGb(), facts.get().diskGb());
    enough(name, server, "cores", needs.cores(), facts.get().cores());
  }

  private static void enough(
      String name, ServerFacts server, String what, Integer needed, int there) {
    boolean counted = !what.equals("cores");
    if (needed != null && there > 0 && there * 100L < needed * (counted ? USABLE_PERCENT : 100L)) {
      throw Refused.invalid(
          "ResourcesInsufficient",
          "%s needs %d %s; Server %s has %d".formatted(name, needed, what, server.name(), there));
    }
  }

  static void checkUpgrade(Resolution resolution, ServerFacts server, String from, String to) {
    String name = resolution.effective().definition();
    TaskServDefinitionSpec definition = resolution.definition();
    if (Versions.compare(from, to) > 0) {
      if (!Boolean.TRUE.equals(definition.allowsDowngrade())) {
        throw Refused.invalid(
            "DowngradeRefused",
            "%s %s is installed on %s; its definition does not allow to go down to %s: ask for %s or later"
                .formatted(name, from, server.name(), to, from));
      }
      return;
    }
    String range =
        definition.versions().stream()
            .filter(version -> version.version().equals(to))
            .map(VersionSpec::upgradesFrom)
            .filter(r -> r != null)
            .findFirst()
            .orElse(null);
    if (!Versions.satisfies(from, range)) {
      throw Refused.invalid(
          "UpgradeRefused",
          "%s %s on %s cannot become %s in one step: that upgrades from %s"
              .formatted(name, from, server.name(), to, range));
    }
  }
}
