package dev.provisioning.planning.taskserv;

import dev.provisioning.api.taskserv.Requirement;
import dev.provisioning.api.taskserv.TaskServDefinitionSpec;
import dev.provisioning.api.taskserv.TaskServSpec;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The TaskServs of a namespace, with one among them whose case it is: what each is and needs. */
final class Neighbourhood {
  private final World world;
  private final OtherTaskServ self;
  private final Map<String, OtherTaskServ> all = new HashMap<>();

  Neighbourhood(TaskServInput input, TaskServSpec spec) {
    this.world = input.world();
    this.self = new OtherTaskServ(input.ref(), spec, input.status());
    world.taskServs().forEach(other -> all.put(other.name(), other));
    all.put(self.name(), self);
  }

  OtherTaskServ self() {
    return self;
  }

  Optional<OtherTaskServ> named(String name) {
    return Optional.ofNullable(all.get(name));
  }

  Collection<OtherTaskServ> all() {
    return all.values();
  }

  /** Sorted by name. */
  List<OtherTaskServ> others() {
    return world.taskServs().stream().sorted(Comparator.comparing(OtherTaskServ::name)).toList();
  }

  List<ServerFacts> machines(OtherTaskServ one) {
    return Targeting.of(one.spec(), world);
  }

  List<Requirement> requires(OtherTaskServ one) {
    return definition(one).map(TaskServDefinitionSpec::requires).orElse(List.of());
  }

  /** The others that {@code one} could have what it requires from on this machine, by name. */
  List<OtherTaskServ> providers(OtherTaskServ one, Requirement requirement, ServerFacts server) {
    return all.values().stream()
        .filter(other -> !other.name().equals(one.name()))
        .filter(other -> is(other, requirement.name()) && Targeting.means(other.spec(), server))
        .sorted(Comparator.comparing(OtherTaskServ::name))
        .toList();
  }

  /** What {@code one} needs: named TaskServs, and those that meet its definition's requirements. */
  Set<String> needs(OtherTaskServ one) {
    Set<String> names = new TreeSet<>();
    one.spec().dependsOn().forEach(d -> names.add(d.name()));
    for (Requirement requirement : requires(one)) {
      for (ServerFacts server : machines(one)) {
        providers(one, requirement, server).forEach(p -> names.add(p.name()));
      }
    }
    return names;
  }

  /** In both directions: it is enough that one of the two definitions names it. */
  boolean conflict(OtherTaskServ a, OtherTaskServ b) {
    return excludes(a, b) || excludes(b, a);
  }

  boolean canShare(OtherTaskServ a, OtherTaskServ b) {
    return parallelSafe(a) && parallelSafe(b);
  }

  private boolean excludes(OtherTaskServ a, OtherTaskServ b) {
    return definition(a)
        .map(d -> d.conflicts().stream().anyMatch(c -> is(b, c.name())))
        .orElse(false);
  }

  private boolean is(OtherTaskServ one, String name) {
    return one.definition().equals(name)
        || definition(one).map(d -> d.provides().contains(name)).orElse(false);
  }

  private boolean parallelSafe(OtherTaskServ one) {
    return definition(one).map(d -> Boolean.TRUE.equals(d.parallelSafe())).orElse(false);
  }

  private Optional<TaskServDefinitionSpec> definition(OtherTaskServ one) {
    return Optional.ofNullable(world.definitions().get(one.definition()));
  }
}
