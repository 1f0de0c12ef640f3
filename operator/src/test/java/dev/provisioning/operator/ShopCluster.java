package dev.provisioning.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.provisioning.api.Condition;
import dev.provisioning.api.ConditionStatus;
import dev.provisioning.api.cluster.Cluster;
import dev.provisioning.api.cluster.ClusterSpec;
import dev.provisioning.api.cluster.ClusterSpecBuilder;
import dev.provisioning.api.cluster.NodePool;
import dev.provisioning.api.cluster.NodePoolBuilder;
import dev.provisioning.api.server.Server;
import dev.provisioning.planning.Conditions;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Cluster shop of a running operator's namespace, as a person makes, changes and watches it. */
record ShopCluster(RunningOperator operator) {
  static final Duration PATIENCE = Duration.ofSeconds(240);
  private static final String NAME = "shop";

  static ClusterSpec spec(int web, int db) {
    return ClusterSpecBuilder.builder()
        .nodePools(List.of(pool("web", web), pool("db", db)))
        .build();
  }

  static NodePool pool(String name, int replicas) {
    return pool(name, replicas, "debian-12");
  }

  static NodePool pool(String name, int replicas, String image) {
    return NodePoolBuilder.builder()
        .name(name)
        .replicas(replicas)
        .server(server("sim-2x4", image))
        .build();
  }

  private static Map<String, JsonNode> server(String plan, String image) {
    return Map.of(
        "plan", TextNode.valueOf(plan),
        "image", TextNode.valueOf(image));
  }

  void create(ClusterSpec spec) {
    Cluster cluster = new Cluster();
    cluster.setMetadata(
        new ObjectMetaBuilder().withName(NAME).withNamespace(operator.namespace).build());
    cluster.setSpec(spec);
    operator.client.resource(cluster).create();
  }

  void edit(UnaryOperator<ClusterSpec> change) {
    operator.edit(
        Cluster.class,
        NAME,
        cluster -> {
          cluster.setSpec(change.apply(cluster.getSpec()));
          return cluster;
        });
  }

  Cluster get() {
    return operator.get(Cluster.class, NAME);
  }

  List<Server> servers() {
    return operator.all(Server.class);
  }

  void awaitServers(String... names) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(
            () -> {
              assertThat(servers().stream().map(s -> s.getMetadata().getName()))
                  .as(() -> said(get()))
                  .containsExactlyInAnyOrder(names);
              assertThat(isReady(get())).as(() -> said(get())).isTrue();
            });
  }

  static boolean isReady(Cluster cluster) {
    return cluster.getStatus() != null
        && cluster.getMetadata().getGeneration().equals(cluster.getStatus().observedGeneration())
        && Conditions.find(cluster.getStatus().conditions(), "Ready")
            .filter(c -> c.status() == ConditionStatus.True)
            .isPresent();
  }

  private static String said(Cluster cluster) {
    return cluster.getStatus() == null
        ? "no status"
        : Conditions.find(cluster.getStatus().conditions(), "Ready")
            .map(Condition::message)
            .orElse("nothing");
  }
}
