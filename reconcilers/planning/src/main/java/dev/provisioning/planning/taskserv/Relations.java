package dev.provisioning.planning.taskserv;

import dev.provisioning.api.taskserv.Dependency;
import dev.provisioning.api.taskserv.MemberStatus;
import dev.provisioning.api.taskserv.Requirement;
import dev.provisioning.api.taskserv.TaskServDefinitionSpec;
import dev.provisioning.api.taskserv.TaskServSpec;
import dev.provisioning.planning.graph.Dag;
import dev.provisioning.planning.taskserv.design.Versions;
import dev.provisioning.spi.model.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a TaskServ has to do with the others of its namespace. */
final class Relations {
  private static final Duration RECHECK = Duration.ofSeconds(60);

  private final World world;
  private final OtherTaskServ self;
  private final Map<String, OtherTaskServ> all = new HashMap<>();

  Relations(TaskServInput input, TaskServSpec spec) {
    this.world = input.world();
    this.self = new OtherTaskServ(input.ref(), spec, input.status());
    world.taskServs().forEach(other -> all.put(other.name(), other));
    all.put(self.name(), self);
  }

  /** A requirement that nothing meets on some machines. */
  record Missing(Requirement requirement, List<String> servers) {}

  /** The cycle that this TaskServ is part of, if any. */
  Optional<Failure> cycle() {
    Map<String, Set<String>> needs = new HashMap<>();
    all.values().forEach(one -> needs.put(one.name(), needs(one)));
    Set<String> reachable = new LinkedHashSet<>();
    List<String> open = new ArrayList<>(List.of(self.name()));
    while (!open.isEmpty()) {
      String node = open.removeLast();
      if (needs.containsKey(node) && reachable.add(node)) {
        open.addAll(needs.get(node));
      }
    }
    needs.keySet().retainAll(reachable);
    try {
      Dag.of(needs);
      return Optional.empty();
    } catch (Dag.CycleFound e) {
      return Optional.of(
          new Failure.Invalid(
              "CycleFound",
              "TaskServs need each other in a circle: "
                  + e.getMessage()
                  + "; take one of these dependencies away"));
    }
  }

  /** Conflicts hold in both directions: it is enough that one of the two definitions names it. */
  Optional<Failure> conflict(ServerFacts server) {
    for (OtherTaskServ other : sortedOthers()) {
      boolean there = !other.ref().deleting() || installed(other, server.name()).isPresent();
      if (there
          && Targeting.means(other.spec(), server)
          && (clash(self, other) || clash(other, self))) {
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
    List<Missing> result = new ArrayList<>();
    for (Requirement requirement :
        definition(self).map(TaskServDefinitionSpec::requires).orElse(List.of())) {
      List<String> without =
          servers.stream()
              .filter(server -> providers(requirement.name(), server).isEmpty())
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
    for (Requirement requirement :
        definition(self).map(TaskServDefinitionSpec::requires).orElse(List.of())) {
      List<OtherTaskServ> providers = providers(requirement.name(), server);
      Optional<Failure> unmet = Optional.empty();
      for (OtherTaskServ provider : providers) {
        unmet = unmet(requirement, provider, server);
        if (unmet.isEmpty()) {
          break;
        }
      }
      if (unmet.isPresent()) {
        return unmet;
      }
    }
    return Optional.empty();
  }

  /** TaskServs of {@code spec.dependsOn}: wherever they run, all of them must be there. */
  Optional<Failure> waitsForNamed() {
    for (Dependency dependency : self.spec().dependsOn()) {
      OtherTaskServ other = all.get(dependency.name());
      if (other == null) {
        return waiting(
            "DependencyMissing",
            "spec.dependsOn names TaskServ %s, which does not exist in this namespace"
                .formatted(dependency.name()));
      }
      boolean health = !Boolean.FALSE.equals(dependency.waitForHealth());
      List<ServerFacts> targets = Targeting.of(other.spec(), world);
      for (ServerFacts target : targets) {
        if (!there(other, target.name(), health)) {
          return notReady(other, target.name());
        }
      }
      if (targets.isEmpty()) {
        return notReady(other, "any machine");
      }
    }
    return Optional.empty();
  }

  /** TaskServs that stay and need this one, sorted. */
  List<String> dependants() {
    Set<String> names = new TreeSet<>();
    for (OtherTaskServ other : world.taskServs()) {
      if (needs(other).contains(self.name()) && onlyOne(other)) {
        names.add(other.name());
      }
    }
    return List.copyOf(names);
  }

  /** Dependants that are being deleted go first, sorted. */
  boolean leaving(String name) {
    return all.get(name).ref().deleting();
  }

  /** Another TaskServ that works on this machine right now and cannot share it. */
  Optional<Failure> busy(String server) {
    for (OtherTaskServ other : sortedOthers()) {
      boolean runs =
          member(other, server).map(Phases::inFlight).map(Optional::isPresent).orElse(false);
      if (runs && !(parallelSafe(self) && parallelSafe(other))) {
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
    String version = installed(provider, server.name()).orElse("");
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

  /** What {@code one} needs: named TaskServs, and those that meet its definition's requirements. */
  private Set<String> needs(OtherTaskServ one) {
    Set<String> names = new TreeSet<>();
    one.spec().dependsOn().forEach(d -> names.add(d.name()));
    List<ServerFacts> servers = Targeting.of(one.spec(), world);
    definition(one)
        .ifPresent(
            d ->
                d.requires()
                    .forEach(
                        r ->
                            servers.forEach(
                                server ->
                                    providersFor(one, r.name(), server)
                                        .forEach(p -> names.add(p.name())))));
    return names;
  }

  /** Another provider of the same thing on the same machines would do as well. */
  private boolean onlyOne(OtherTaskServ dependant) {
    if (dependant.spec().dependsOn().stream().anyMatch(d -> d.name().equals(self.name()))) {
      return true;
    }
    List<Requirement> requires =
        definition(dependant).map(TaskServDefinitionSpec::requires).orElse(List.of());
    for (ServerFacts server : Targeting.of(dependant.spec(), world)) {
      for (Requirement requirement : requires) {
        List<OtherTaskServ> providers = providersFor(dependant, requirement.name(), server);
        if (providers.stream().anyMatch(p -> p.name().equals(self.name()))
            && providers.stream().allMatch(p -> p.ref().deleting())) {
          return true;
        }
      }
    }
    return false;
  }

  private List<OtherTaskServ> providers(String name, ServerFacts server) {
    return providersFor(self, name, server).stream().filter(p -> !p.ref().deleting()).toList();
  }

  private List<OtherTaskServ> providersFor(OtherTaskServ one, String name, ServerFacts server) {
    return all.values().stream()
        .filter(other -> !other.name().equals(one.name()))
        .filter(other -> is(other, name) && Targeting.means(other.spec(), server))
        .sorted(java.util.Comparator.comparing(OtherTaskServ::name))
        .toList();
  }

  private boolean is(OtherTaskServ one, String name) {
    return one.definition().equals(name)
        || definition(one).map(d -> d.provides().contains(name)).orElse(false);
  }

  private boolean clash(OtherTaskServ a, OtherTaskServ b) {
    return definition(a)
        .map(d -> d.conflicts().stream().anyMatch(c -> is(b, c.name())))
        .orElse(false);
  }

  private boolean there(OtherTaskServ other, String server, boolean healthy) {
    Optional<MemberStatus> member = member(other, server);
    return member.filter(m -> m.version() != null).isPresent()
        && member
            .filter(m -> healthy ? Phases.healthy(m) : Phases.inFlight(m).isEmpty())
            .isPresent();
  }

  private static Optional<String> installed(OtherTaskServ other, String server) {
    return member(other, server).map(MemberStatus::version);
  }

  private static Optional<MemberStatus> member(OtherTaskServ other, String server) {
    return other.status().stream()
        .flatMap(status -> status.servers().stream())
        .filter(m -> m.name().equals(server))
        .findFirst();
  }

  private static Optional<Failure> notReady(OtherTaskServ other, String server) {
    String phase =
        member(other, server)
            .filter(m -> m.phase() != null)
            .map(m -> m.phase().name())
            .orElse("Pending");
    return waiting(
        "DependencyNotReady",
        "waits for TaskServ %s on %s (%s)".formatted(other.name(), server, phase));
  }

  private static Optional<Failure> waiting(String reason, String message) {
    return Optional.of(new Failure.Waiting(reason, message, RECHECK));
  }

  private boolean parallelSafe(OtherTaskServ one) {
    return definition(one).map(d -> Boolean.TRUE.equals(d.parallelSafe())).orElse(false);
  }

  private Optional<TaskServDefinitionSpec> definition(OtherTaskServ one) {
    return Optional.ofNullable(world.definitions().get(one.definition()));
  }

  private List<OtherTaskServ> sortedOthers() {
    return world.taskServs().stream()
        .sorted(java.util.Comparator.comparing(OtherTaskServ::name))
        .toList();
  }
}
