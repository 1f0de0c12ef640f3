package dev.provisioning.planning.taskserv;

import dev.provisioning.api.taskserv.Requirement;
import dev.provisioning.planning.graph.Dag;
import dev.provisioning.spi.model.Failure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Who needs whom: what it takes that this TaskServ can be installed, and that it may go. */
final class DependencyGraph {
  private final Neighbourhood all;
  private final OtherTaskServ self;

  DependencyGraph(Neighbourhood all) {
    this.all = all;
    this.self = all.self();
  }

  /** The cycle that this TaskServ is part of, if any. */
  Optional<Failure> cycle() {
    Map<String, Set<String>> needs = new HashMap<>();
    all.all().forEach(one -> needs.put(one.name(), all.needs(one)));
    needs.keySet().retainAll(reachable(needs));
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

  private Set<String> reachable(Map<String, Set<String>> needs) {
    Set<String> reachable = new LinkedHashSet<>();
    List<String> open = new ArrayList<>(List.of(self.name()));
    while (!open.isEmpty()) {
      String node = open.removeLast();
      if (needs.containsKey(node) && reachable.add(node)) {
        open.addAll(needs.get(node));
      }
    }
    return reachable;
  }

  /** TaskServs that cannot do without this one, sorted. */
  List<String> dependants() {
    Set<String> names = new TreeSet<>();
    for (OtherTaskServ other : all.others()) {
      if (all.needs(other).contains(self.name()) && onlyOne(other)) {
        names.add(other.name());
      }
    }
    return List.copyOf(names);
  }

  /** Whether one of them is being deleted itself. */
  boolean leaving(String name) {
    return all.named(name).orElseThrow().ref().deleting();
  }

  /** Another provider of the same thing on the same machines would do as well. */
  private boolean onlyOne(OtherTaskServ dependant) {
    if (dependant.spec().dependsOn().stream().anyMatch(d -> d.name().equals(self.name()))) {
      return true;
    }
    for (ServerFacts server : all.machines(dependant)) {
      for (Requirement requirement : all.requires(dependant)) {
        List<OtherTaskServ> providers = all.providers(dependant, requirement, server);
        if (providers.stream().anyMatch(p -> p.name().equals(self.name()))
            && providers.stream().allMatch(p -> p.ref().deleting())) {
          return true;
        }
      }
    }
    return false;
  }
}
