package dev.provisioning.proof;

import dev.provisioning.api.taskserv.TaskServDefinitionSpec;
import dev.provisioning.api.taskserv.VersionSpec;
import java.util.List;

/**
 * Two versions of one service, of which the distribution has the packages: a definition names a
 * release, which is all that most people want, and a distribution fixes it several times.
 */
record Upgrade(TaskServDefinitionSpec definition, String older, String newer) {
  private static final String SYSTEM = "12";

  /** {@code packages} come from one source, so they have one version. */
  static Upgrade of(TaskServDefinitionSpec shipped, List<String> packages, ProofMachine machine) {
    List<String> known =
        machine
            .exec("apt-get -q update >/dev/null; apt-cache madison " + packages.getFirst())
            .lines()
            .map(line -> line.split("\\|")[1].strip())
            .distinct()
            .toList();
    if (known.size() < 2) {
      throw new IllegalStateException("the distribution has only one version: " + known);
    }
    VersionSpec usual =
        shipped.versions().stream()
            .filter(v -> v.supports().stream().anyMatch(s -> s.versions().contains(SYSTEM)))
            .findFirst()
            .orElseThrow();
    VersionSpec older = pinned(usual, packages, "1", known.getLast());
    VersionSpec newer = pinned(usual, packages, "2", known.getFirst());
    return new Upgrade(
        shipped.withVersions(List.of(older, newer)), older.version(), newer.version());
  }

  private static VersionSpec pinned(
      VersionSpec usual, List<String> packages, String number, String version) {
    return usual
        .withVersion(usual.version() + "." + number)
        .withPackages(
            usual.packages().stream()
                .map(name -> packages.contains(name) ? name + "=" + version : name)
                .toList());
  }
}
