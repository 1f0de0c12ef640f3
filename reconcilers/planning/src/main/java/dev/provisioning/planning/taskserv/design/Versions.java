package dev.provisioning.planning.taskserv.design;

import dev.provisioning.api.taskserv.SupportedSystem;
import dev.provisioning.api.taskserv.TaskServDefinitionSpec;
import dev.provisioning.api.taskserv.VersionSpec;
import dev.provisioning.planning.config.Hashes;
import dev.provisioning.planning.taskserv.Refused;
import dev.provisioning.planning.taskserv.ServerFacts;
import dev.provisioning.spi.model.MachineFacts;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.semver4j.RangesListFactory;
import org.semver4j.Semver;

/** Which version of a definition a machine gets. Versions compare as semver: 7.0 is 7.0.0. */
public final class Versions {
  private static final String LATEST = "latest";
  private static final int HASH_LENGTH = 16;
  private static final Comparator<String> BY_VERSION = Versions::compare;

  private Versions() {}

  /** As a Comparator; texts that are no versions compare as texts. */
  public static int compare(String a, String b) {
    Semver left = Semver.coerce(a);
    Semver right = Semver.coerce(b);
    return left == null || right == null ? a.compareTo(b) : left.compareTo(right);
  }

  /** Whether {@code version} lies in {@code range}; an absent range holds everything. */
  public static boolean satisfies(String version, String range) {
    if (range == null || range.equals(version)) {
      return true;
    }
    Semver semver = Semver.coerce(version);
    return semver != null && semver.satisfies(range);
  }

  /** Name of a definition's content. */
  public static String hash(TaskServDefinitionSpec definition) {
    return Hashes.sha256(definition.toString()).substring(0, HASH_LENGTH);
  }

  /** Whether a text names one version, and no range. */
  public static boolean isVersion(String text) {
    return text.matches("v?[0-9]+([.][0-9A-Za-z-]+)*") && Semver.coerce(text) != null;
  }

  /** Whether a text is a range as {@link #satisfies} takes it. */
  public static boolean isRange(String text) {
    if (!text.matches(".*[0-9*].*") || text.matches(".*[<>=~^|].*[<>=~^|]{2,}.*|.*[<>~^=]\\s*$")) {
      return false;
    }
    try {
      return RangesListFactory.create(text).get().stream().noneMatch(List::isEmpty);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The highest version that the definition has. */
  public static Optional<String> newest(TaskServDefinitionSpec definition) {
    return definition.versions().stream().map(VersionSpec::version).max(BY_VERSION);
  }

  /** The highest version that all these machines could take. */
  public static Optional<String> newest(
      TaskServDefinitionSpec definition, List<ServerFacts> servers) {
    return definition.versions().stream()
        .filter(
            version ->
                servers.stream()
                    .allMatch(s -> supported(new Wanted("", definition, null, s), version)))
        .map(VersionSpec::version)
        .max(BY_VERSION);
  }

  /** The version taken when none is named, on whatever machine. */
  public static Optional<String> usual(TaskServDefinitionSpec definition) {
    List<String> defaults =
        definition.versions().stream()
            .filter(version -> Boolean.TRUE.equals(version.isDefault()))
            .map(VersionSpec::version)
            .toList();
    return defaults.isEmpty() ? newest(definition) : defaults.stream().max(BY_VERSION);
  }

  /** What is asked for: a definition, the spec's version if any, and the machine. */
  public record Wanted(
      String name, TaskServDefinitionSpec definition, String version, ServerFacts server) {}

  /**
   * @throws Refused VersionNotFound when no version matches, PlatformUnsupported when those that
   *     match do not run on the machine
   */
  public static VersionSpec choose(Wanted wanted) {
    checkArchitecture(wanted);
    List<VersionSpec> matching =
        wanted.definition().versions().stream().filter(v -> matches(wanted, v)).toList();
    if (matching.isEmpty()) {
      throw Refused.invalid(
          "VersionNotFound",
          "definition %s has no version %s; it has %s"
              .formatted(wanted.name(), wanted.version(), all(wanted.definition())));
    }
    return matching.stream()
        .filter(version -> supported(wanted, version))
        .max(Comparator.comparing(VersionSpec::version, BY_VERSION))
        .orElseThrow(() -> unsupported(wanted, matching));
  }

  private static boolean matches(Wanted wanted, VersionSpec version) {
    if (wanted.version() == null) {
      boolean anyDefault =
          wanted.definition().versions().stream().anyMatch(v -> Boolean.TRUE.equals(v.isDefault()));
      return !anyDefault || Boolean.TRUE.equals(version.isDefault());
    }
    if (wanted.version().equals(LATEST)) {
      return true;
    }
    boolean exact =
        wanted.definition().versions().stream().anyMatch(v -> v.version().equals(wanted.version()));
    return exact
        ? version.version().equals(wanted.version())
        : satisfies(version.version(), wanted.version());
  }

  private static void checkArchitecture(Wanted wanted) {
    List<String> known = wanted.definition().architectures();
    wanted
        .server()
        .facts()
        .map(MachineFacts::architecture)
        .filter(architecture -> !known.isEmpty() && !known.contains(architecture))
        .ifPresent(
            architecture -> {
              throw Refused.invalid(
                  "PlatformUnsupported",
                  "%s does not run on %s, the architecture of Server %s; it runs on %s"
                      .formatted(
                          wanted.name(),
                          architecture,
                          wanted.server().name(),
                          String.join(", ", known)));
            });
  }

  private static boolean supported(Wanted wanted, VersionSpec version) {
    List<SupportedSystem> systems = systems(wanted, version);
    return systems.isEmpty()
        || wanted.server().facts().isEmpty()
        || systems.stream().anyMatch(s -> runs(s, wanted.server().facts().get()));
  }

  private static List<SupportedSystem> systems(Wanted wanted, VersionSpec version) {
    return version.supports().isEmpty() ? wanted.definition().supports() : version.supports();
  }

  private static boolean runs(SupportedSystem system, MachineFacts facts) {
    return system.os().equals(facts.os())
        && (system.versions().isEmpty() || system.versions().contains(facts.version()));
  }

  private static Refused unsupported(Wanted wanted, List<VersionSpec> matching) {
    VersionSpec best =
        matching.stream().max(Comparator.comparing(VersionSpec::version, BY_VERSION)).orElseThrow();
    MachineFacts facts = wanted.server().facts().orElseThrow();
    String systems =
        systems(wanted, best).stream()
            .map(s -> s.os() + " " + String.join(" and ", s.versions()))
            .collect(Collectors.joining(", "));
    return Refused.invalid(
        "PlatformUnsupported",
        "%s %s does not run on %s %s, the system of Server %s; it runs on %s"
            .formatted(
                wanted.name(),
                best.version(),
                facts.os(),
                facts.version(),
                wanted.server().name(),
                systems));
  }

  private static String all(TaskServDefinitionSpec definition) {
    return definition.versions().stream()
        .map(VersionSpec::version)
        .sorted(BY_VERSION)
        .collect(Collectors.joining(", "));
  }
}
