package dev.provisioning.planning.cluster.topology;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.provisioning.api.OnFailure;
import dev.provisioning.api.cluster.ClusterDefaults;
import dev.provisioning.api.cluster.ClusterDefinitionSpec;
import dev.provisioning.api.cluster.ClusterSpec;
import dev.provisioning.api.cluster.Component;
import dev.provisioning.api.cluster.NodePool;
import dev.provisioning.api.cluster.Remediation;
import dev.provisioning.api.cluster.RolloutStrategy;
import dev.provisioning.api.server.ServerSpec;
import dev.provisioning.api.taskserv.Dependency;
import dev.provisioning.api.taskserv.Strategy;
import dev.provisioning.api.taskserv.StrategyType;
import dev.provisioning.api.taskserv.Targets;
import dev.provisioning.api.taskserv.TaskServSpec;
import dev.provisioning.api.taskserv.TaskServSpecBuilder;
import dev.provisioning.planning.config.Hashes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The Servers and TaskServs that follow from a topology: their names, labels and specs. */
public final class Children {
  public static final String CLUSTER_LABEL = "provisioning.dev/cluster";
  public static final String POOL_LABEL = "provisioning.dev/pool";
  public static final String COMPONENT_LABEL = "provisioning.dev/component";
  private static final String ROLE_LABEL = "provisioning.dev/role";
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private final String cluster;
  private final ClusterSpec spec;
  private final Optional<ClusterDefaults> defaults;
  private final Topology topology;

  public Children(
      String cluster,
      ClusterSpec spec,
      Optional<ClusterDefinitionSpec> definition,
      Topology topology) {
    this.cluster = cluster;
    this.spec = spec;
    this.defaults = definition.map(ClusterDefinitionSpec::defaults);
    this.topology = topology;
  }

  public Topology topology() {
    return topology;
  }

  /** {@code index} counts from 1: {@code shop-web-01}. */
  public String serverName(String pool, int index) {
    return "%s-%s-%02d".formatted(cluster, pool, index);
  }

  public String taskServName(String component) {
    return cluster + "-" + component;
  }

  /** Zone and address are those of the one machine; null where nobody says. */
  public ServerSpec server(NodePool pool, String zone, String address) {
    ServerSpec template = ServerTemplate.of("nodePools[" + pool.name() + "].server", pool);
    return template.with(
        b ->
            b.workspace(spec.workspace())
                .infra(spec.infra())
                .provider(pool.provider())
                .zone(zone == null ? template.zone() : zone)
                .address(address)
                .deletionPolicy(spec.deletionPolicy())
                .deletionProtection(spec.deletionProtection()));
  }

  public Map<String, String> labels(NodePool pool) {
    Map<String, String> labels = new TreeMap<>(pool.labels());
    labels.put(CLUSTER_LABEL, cluster);
    labels.put(POOL_LABEL, pool.name());
    if (pool.role() != null) {
      labels.put(ROLE_LABEL, pool.role());
    }
    for (Component component : topology.components()) {
      String role = component.roles().get(pool.name());
      if (role != null) {
        labels.put(ROLE_LABEL + "." + taskServName(component.name()), role);
      }
    }
    return labels;
  }

  public Map<String, String> labels(Component component) {
    return Map.of(CLUSTER_LABEL, cluster, COMPONENT_LABEL, component.name());
  }

  /** {@code servers} sorted. */
  public TaskServSpec taskServ(Component component, List<String> servers) {
    boolean back = onFailure() == OnFailure.Rollback;
    return TaskServSpecBuilder.builder()
        .workspace(spec.workspace())
        .infra(spec.infra())
        .definition(component.definition())
        .version(component.version())
        .servers(new Targets(servers, null))
        .profile(component.profile())
        .config(component.config())
        .dependsOn(
            component.dependsOn().stream()
                .filter(this::hasMachines)
                .map(other -> new Dependency(taskServName(other), null))
                .toList())
        .strategy(strategy(component))
        .onFailure(back ? OnFailure.Rollback : null)
        .dataPolicy(spec.dataPolicy())
        .deletionProtection(spec.deletionProtection())
        .drift(component.drift())
        .timeouts(component.timeouts())
        .build();
  }

  /** Whether the component is anywhere: a pool can be scaled to nothing. */
  public boolean hasMachines(String component) {
    return topology.component(component).stream()
        .flatMap(one -> one.nodePools().stream())
        .flatMap(pool -> topology.pool(pool).stream())
        .anyMatch(pool -> pool.replicas() > 0);
  }

  private Strategy strategy(Component component) {
    RolloutStrategy own = rollout();
    if (component.strategy() != null || own.maxUnavailable() == null && own.healthGate() == null) {
      return component.strategy();
    }
    Integer atOnce = own.maxUnavailable() == null ? null : Math.max(1, own.maxUnavailable());
    return new Strategy(StrategyType.Rolling, atOnce, own.healthGate(), null, null);
  }

  /** Never null; its parts may be. */
  public RolloutStrategy rollout() {
    return Optional.ofNullable(spec.strategy())
        .or(() -> defaults.map(ClusterDefaults::strategy))
        .orElse(new RolloutStrategy(null, null, null));
  }

  public Remediation remediation() {
    return Optional.ofNullable(spec.remediation())
        .or(() -> defaults.map(ClusterDefaults::remediation))
        .orElse(new Remediation(null, null, null, null));
  }

  public OnFailure onFailure() {
    return Optional.ofNullable(spec.onFailure())
        .or(() -> defaults.map(ClusterDefaults::onFailure))
        .orElse(OnFailure.Retain);
  }

  /**
   * Names all that is agreed to with a plan that leads here: beside the topology what else reaches
   * machines and services, or decides what is destroyed.
   */
  public String agreed() {
    Map<String, Object> beside = new TreeMap<>();
    beside.put("topology", topology.hash());
    beside.put("workspace", spec.workspace());
    beside.put("infra", spec.infra());
    beside.put("strategy", rollout());
    beside.put("onFailure", onFailure());
    beside.put("dataPolicy", spec.dataPolicy());
    beside.put("deletionPolicy", spec.deletionPolicy());
    return Hashes.content(JSON.valueToTree(beside));
  }

  /** The pool that {@code kubectl scale} means. */
  public String scaledPool() {
    return Optional.ofNullable(spec.scaledPool())
        .or(() -> defaults.map(ClusterDefaults::scaledPool))
        .orElseGet(() -> topology.pools().isEmpty() ? "" : topology.pools().getLast().name());
  }
}
