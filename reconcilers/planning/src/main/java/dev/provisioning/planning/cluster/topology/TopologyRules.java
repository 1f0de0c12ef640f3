package dev.provisioning.planning.cluster.topology;

import dev.provisioning.api.cluster.ClusterDefaults;
import dev.provisioning.api.cluster.ClusterDefinitionSpec;
import dev.provisioning.api.cluster.ClusterSpec;
import dev.provisioning.api.cluster.Component;
import dev.provisioning.api.cluster.ComponentTemplate;
import dev.provisioning.api.cluster.NodePool;
import dev.provisioning.api.cluster.PoolTemplate;
import dev.provisioning.planning.graph.Dag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether pools and components fit together; what can be known without a schema is said here. */
final class TopologyRules {
  /** {@code <cluster>-<pool>-<nn>} is a label of at most 63 letters. */
  private static final int POOL_ROOM = 58;

  private static final int COMPONENT_ROOM = 62;

  private final String cluster;
  private final ClusterSpec spec;
  private final Optional<ClusterDefinitionSpec> definition;
  private final List<NodePool> pools;

  TopologyRules(
      String cluster,
      ClusterSpec spec,
      Optional<ClusterDefinitionSpec> definition,
      List<NodePool> pools) {
    this.cluster = cluster;
    this.spec = spec;
    this.definition = definition;
    this.pools = pools;
  }

  Topology complete(List<Component> components) {
    List<NodePool> scaled = scaled();
    scaled.forEach(this::check);
    Set<String> there = components.stream().map(Component::name).collect(Collectors.toSet());
    List<Component> complete =
        components.stream().flatMap(one -> complete(one, there).stream()).toList();
    Topology topology = new Topology(scaled, complete);
    try {
      topology.graph();
    } catch (Dag.CycleFound e) {
      throw invalid(
          "CycleFound",
          "components need each other in a circle: %s; take one of these dependencies away"
              .formatted(e.getMessage().replace(Topology.COMPONENT, "")));
    }
    return topology;
  }

  private List<NodePool> scaled() {
    if (pools.isEmpty()) {
      throw invalid("NoPools", "there is no pool of machines: add one to spec.nodePools");
    }
    String name = scaledPool(spec, definition, pools);
    if (pools.stream().noneMatch(pool -> pool.name().equals(name))) {
      throw invalid(
          "PoolNotFound",
          "spec.scaledPool: there is no pool %s; there are %s".formatted(name, names()));
    }
    return pools.stream()
        .map(
            pool ->
                spec.replicas() != null && pool.name().equals(name)
                    ? pool.withReplicas(spec.replicas())
                    : pool)
        .toList();
  }

  private static String scaledPool(
      ClusterSpec spec, Optional<ClusterDefinitionSpec> definition, List<NodePool> pools) {
    return Optional.ofNullable(spec.scaledPool())
        .or(() -> definition.map(ClusterDefinitionSpec::defaults).map(ClusterDefaults::scaledPool))
        .orElseGet(() -> pools.getLast().name());
  }

  private void check(NodePool pool) {
    String at = "nodePools[" + pool.name() + "]";
    if (cluster.length() + pool.name().length() > POOL_ROOM) {
      throw invalid(
          "NameTooLong",
          "%s: the names of the Cluster and of the pool are together longer than %d letters"
              .formatted(at, POOL_ROOM));
    }
    if (!pool.addresses().isEmpty() && pool.replicas() > pool.addresses().size()) {
      throw invalid(
          "AddressesMissing",
          "%s: %d machines are wanted and %d addresses are given; name one for each"
              .formatted(at, pool.replicas(), pool.addresses().size()));
    }
    ServerTemplate.of(at + ".server", pool);
  }

  private Optional<Component> complete(Component component, Set<String> there) {
    String at = "components[" + component.name() + "]";
    if (cluster.length() + component.name().length() > COMPONENT_ROOM) {
      throw invalid(
          "NameTooLong",
          "%s: the names of the Cluster and of the component are together longer than %d letters"
              .formatted(at, COMPONENT_ROOM));
    }
    List<String> on =
        present(at + ".nodePools", component.nodePools(), poolNames(), leftOutPools());
    if (on.isEmpty() && !component.nodePools().isEmpty()) {
      return Optional.empty();
    }
    List<String> where = on.isEmpty() ? pools.stream().map(NodePool::name).toList() : on;
    component.roles().keySet().stream()
        .filter(pool -> !where.contains(pool) && !leftOutPools().contains(pool))
        .findFirst()
        .ifPresent(
            pool -> {
              throw invalid(
                  "PoolNotFound",
                  "%s.roles: the component does not run on a pool %s".formatted(at, pool));
            });
    List<String> after =
        present(at + ".dependsOn", component.dependsOn(), there, leftOutComponents());
    Map<String, String> roles = new TreeMap<>(component.roles());
    roles.keySet().retainAll(where);
    String definitionName =
        component.definition() == null ? component.name() : component.definition();
    return Optional.of(
        component.with(
            b ->
                b.enabled(null)
                    .definition(definitionName)
                    .nodePools(where)
                    .roles(roles)
                    .dependsOn(after)));
  }

  private List<String> present(
      String at, List<String> names, Set<String> there, Set<String> leftOut) {
    List<String> present = new ArrayList<>();
    for (String name : names) {
      if (there.contains(name)) {
        present.add(name);
      } else if (!leftOut.contains(name)) {
        throw invalid(
            at.endsWith("nodePools") ? "PoolNotFound" : "ComponentNotFound",
            "%s: there is no %s; there are %s"
                .formatted(at, name, String.join(", ", new TreeSet<>(there))));
      }
    }
    return present;
  }

  private Set<String> poolNames() {
    return pools.stream().map(NodePool::name).collect(Collectors.toSet());
  }

  private Set<String> leftOutPools() {
    return definition.stream()
        .flatMap(d -> d.nodePools().stream())
        .map(PoolTemplate::name)
        .collect(Collectors.toSet());
  }

  private Set<String> leftOutComponents() {
    return Stream.concat(
            definition.stream().flatMap(d -> d.components().stream()).map(ComponentTemplate::name),
            spec.components().stream().map(Component::name))
        .collect(Collectors.toSet());
  }

  private String names() {
    return String.join(", ", new TreeSet<>(poolNames()));
  }

  private static TopologyInvalid invalid(String reason, String message) {
    return new TopologyInvalid(reason, message);
  }
}
