package dev.provisioning.planning.taskserv;

import dev.provisioning.api.taskserv.Dependency;
import dev.provisioning.api.taskserv.MemberStatus;
import dev.provisioning.api.taskserv.Requirement;
import dev.provisioning.planning.taskserv.design.Versions;
import dev.provisioning.spi.model.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a TaskServ waits for on account of the others of its namespace. */
final class Relations {
  private static final Duration RECHECK = Duration.ofSeconds(60);

  private final Neighbourhood all;
  private final OtherTaskServ self;

  Relations(Neighbourhood all) {
    this.all = all;
    this.self = all.self();
  }

  /** A requirement that nothing meets on some machines. */
  record Missing(Requirement requirement, List<String> servers) {}

  /** The first that must not be on the same machine; one that leaves counts while it is there. */
  Optional<Failure> conflict(ServerFacts server) {
    for (OtherTaskServ other : all.others()) {
      boolean there = !other.ref().deleting() || other.installed(server.name()).isPresent();
      if (there && Targeting.means(other.spec(), server) && all.conflict(self, other)) {
        return Optional.of(
            new Failure.Conflict(
                "ConflictFound",
                "%s conflicts with TaskServ %s (%s) on Server %s; only one of them can be there"
                    .formatted(
                        self.definition(), other.name(), other.definition(), server.name())));
      }
    }
    return Optional.empty();
  }

  /** Requirements of the definition that no TaskServ meets on the machines where it must. */
  List<Missing> missing(List<ServerFacts> servers) {
    return notThere(all.requires(self), servers);
  }

  /** Those of {@code wanted} that nothing provides on some machines. */
  List<Missing> notThere(List<Requirement> wanted, List<ServerFacts> servers) {
    List<Missing> result = new ArrayList<>();
    for (Requirement requirement : wanted) {
      List<String> without =
          servers.stream()
              .filter(server -> providers(requirement, server).isEmpty())
              .map(ServerFacts::name)
              .toList();
      if (!without.isEmpty()) {
        result.add(new Missing(requirement, without));
      }
    }
    return result;
  }

  /** What must be there first and is not yet; the first of it. */
  Optional<Failure> waitsFor(ServerFacts server) {
    return all.requires(self).stream()
        .flatMap(requirement -> waitsFor(requirement, server).stream())
        .findFirst();
  }

  /** Any one provider is enough; where none is ready, it waits for the last of them. */
  private Optional<Failure> waitsFor(Requirement requirement, ServerFacts server) {
    Optional<Failure> unmet = Optional.empty();
    for (OtherTaskServ provider : providers(requirement, server)) {
      unmet = unmet(requirement, provider, server);
      if (unmet.isEmpty()) {
        break;
      }
    }
    return unmet;
  }

  /** TaskServs of {@code spec.dependsOn}: wherever they run, all of them must be there. */
  Optional<Failure> waitsForNamed() {
    return self.spec().dependsOn().stream()
        .flatMap(dependency -> waitsFor(dependency).stream())
        .findFirst();
  }

  private Optional<Failure> waitsFor(Dependency dependency) {
    Optional<OtherTaskServ> named = all.named(dependency.name());
    if (named.isEmpty()) {
      return waiting(
          "DependencyMissing",
          "spec.dependsOn names TaskServ %s, which does not exist in this namespace"
              .formatted(dependency.name()));
    }
    OtherTaskServ other = named.get();
    boolean health = !Boolean.FALSE.equals(dependency.waitForHealth());
    List<ServerFacts> targets = all.machines(other);
    if (targets.isEmpty()) {
      return notReady(other, "any machine");
    }
    return targets.stream()
        .filter(target -> !there(other, target.name(), health))
        .findFirst()
        .flatMap(target -> notReady(other, target.name()));
  }

  /** Another TaskServ that works on this machine right now and cannot share it. */
  Optional<Failure> busy(String server) {
    for (OtherTaskServ other : all.others()) {
      boolean runs = other.member(server).flatMap(Phases::inFlight).isPresent();
      if (runs && !all.canShare(self, other)) {
        return Optional.of(
            new Failure.Waiting(
                "MachineBusy",
                "waits until TaskServ %s is done on %s".formatted(other.name(), server),
                Duration.ofSeconds(10)));
      }
    }
    return Optional.empty();
  }

  private Optional<Failure> unmet(
      Requirement requirement, OtherTaskServ provider, ServerFacts server) {
    boolean health = !Boolean.FALSE.equals(requirement.waitForHealth());
    if (!there(provider, server.name(), health)) {
      return notReady(provider, server.name());
    }
    String version = provider.installed(server.name()).orElse("");
    boolean byName = provider.definition().equals(requirement.name());
    if (byName && !Versions.satisfies(version, requirement.version())) {
      return waiting(
          "DependencyVersion",
          "%s needs %s %s on %s; TaskServ %s has %s there"
              .formatted(
                  self.definition(),
                  requirement.name(),
                  requirement.version(),
                  server.name(),
                  provider.name(),
                  version));
    }
    return Optional.empty();
  }

  /** One that is being deleted is nobody to rely on. */
  private List<OtherTaskServ> providers(Requirement requirement, ServerFacts server) {
    return all.providers(self, requirement, server).stream()
        .filter(p -> !p.ref().deleting())
        .toList();
  }

  private static boolean there(OtherTaskServ other, String server, boolean healthy) {
    return other
        .member(server)
        .filter(m -> m.version() != null)
        .filter(m -> healthy ? Phases.healthy(m) : Phases.inFlight(m).isEmpty())
        .isPresent();
  }

  private static Optional<Failure> notReady(OtherTaskServ other, String server) {
    String phase = other.member(server).map(MemberStatus::phase).map(Enum::name).orElse("Pending");
    return waiting(
        "DependencyNotReady",
        "waits for TaskServ %s on %s (%s)".formatted(other.name(), server, phase));
  }

  private static Optional<Failure> waiting(String reason, String message) {
    return Optional.of(new Failure.Waiting(reason, message, RECHECK));
  }
}
