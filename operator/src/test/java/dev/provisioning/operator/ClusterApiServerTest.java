package dev.provisioning.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.provisioning.api.Condition;
import dev.provisioning.api.ConditionStatus;
import dev.provisioning.api.Mode;
import dev.provisioning.api.cluster.Cluster;
import dev.provisioning.api.cluster.ClusterSpec;
import dev.provisioning.api.cluster.ClusterSpecBuilder;
import dev.provisioning.api.cluster.NodePool;
import dev.provisioning.api.cluster.NodePoolBuilder;
import dev.provisioning.api.cluster.Phase;
import dev.provisioning.api.server.Server;
import dev.provisioning.api.workspace.Workspace;
import dev.provisioning.planning.Conditions;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Clusters of simulated machines on a real API server, by the whole operator. */
@Tag("apiserver")
class ClusterApiServerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(240);

  private RunningOperator operator;

  @BeforeEach
  void start() {
    operator = RunningOperator.inWorkspace("pcl");
  }

  @AfterEach
  void stop() {
    operator.client.resources(Cluster.class).inNamespace(operator.namespace).delete();
    await().atMost(PATIENCE).until(() -> get() == null && servers().isEmpty());
    operator.client.resources(Workspace.class).inNamespace(operator.namespace).delete();
    operator.close();
  }

  @Test
  void a_cluster_of_two_pools_becomes_ready_scales_both_ways_and_goes_to_nothing() {
    create(spec(2, 1).withReplicas(1));
    awaitServers("shop-db-01", "shop-web-01", "shop-web-02");
    assertThat(get().getStatus().ready()).isEqualTo("3/3");
    assertThat(servers())
        .allSatisfy(
            server -> {
              assertThat(server.getMetadata().getOwnerReferences())
                  .extracting("uid")
                  .containsExactly(get().getMetadata().getUid());
              assertThat(server.getMetadata().getLabels())
                  .containsEntry("provisioning.dev/cluster", "shop");
            });

    operator
        .client
        .resources(Cluster.class)
        .inNamespace(operator.namespace)
        .withName("shop")
        .scale(3);
    awaitServers("shop-db-01", "shop-db-02", "shop-db-03", "shop-web-01", "shop-web-02");
    edit(s -> s.withReplicas(1));
    awaitServers("shop-db-01", "shop-web-01", "shop-web-02");

    operator.client.resource(get()).delete();
    await().atMost(PATIENCE).until(() -> get() == null);
    assertThat(servers()).isEmpty();
  }

  @Test
  void plan_mode_shows_what_would_be_made_and_makes_nothing() {
    create(spec(2, 1).withMode(Mode.Plan));
    await()
        .atMost(PATIENCE)
        .until(() -> get().getStatus() != null && get().getStatus().phase() == Phase.Planned);
    assertThat(get().getStatus().plan().actions())
        .extracting("action")
        .containsExactly("CreateServer", "CreateServer", "CreateServer");
    assertThat(get().getStatus().plan().actions().getFirst().description())
        .matches(
            "create Server shop-web-01 \\(plan sim-2x4, debian-12, [0-9.]+ [A-Z]{3} a month\\)");
    assertThat(Double.parseDouble(get().getStatus().plan().cost().monthly())).isPositive();
    assertThat(servers()).isEmpty();
    assertThat(get().getMetadata().getFinalizers()).isEmpty();
  }

  @Test
  void a_workspace_with_a_cluster_in_it_stays_and_says_why() {
    create(spec(1, 1).withMode(Mode.Plan));
    await()
        .atMost(PATIENCE)
        .until(() -> get().getStatus() != null && get().getStatus().phase() == Phase.Planned);
    operator.client.resource(workspace()).delete();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(Conditions.find(workspace().getStatus().conditions(), "Ready"))
                    .map(Condition::message)
                    .contains(
                        "Workspace acme cannot be deleted while these are in it: Cluster shop; delete them first"));
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                operator
                    .scrape()
                    .contains(
                        "provisioning_resources{kind=\"Cluster\",namespace=\"%s\",phase=\"Planned\"} 1.0"
                            .formatted(operator.namespace)));
    operator.client.resource(get()).delete();
    await().atMost(PATIENCE).until(() -> workspace() == null);
  }

  @Test
  void another_image_replaces_machine_by_machine_through_the_death_of_the_operator() {
    create(spec(2, 1));
    awaitServers("shop-db-01", "shop-web-01", "shop-web-02");
    List<String> old = servers().stream().map(s -> s.getMetadata().getUid()).toList();
    edit(s -> s.withNodePools(List.of(pool("web", 2, "debian-13"), pool("db", 1))));
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> web().stream().anyMatch(s -> !old.contains(s.getMetadata().getUid())));
    operator.kill();
    operator.start();
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> web().size() == 2 && isReady(get()));
    assertThat(web())
        .allMatch(s -> !old.contains(s.getMetadata().getUid()))
        .allMatch(s -> s.getSpec().image().equals("debian-13"));
    assertThat(operator.cloud("acme", "sim").machines()).hasSize(3);
    assertThat(creates()).containsOnly(1L);
  }

  @Test
  void an_operator_killed_while_it_makes_a_cluster_leaves_one_machine_for_each_server() {
    create(spec(3, 2));
    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> servers().size() >= 2);
    operator.kill();
    operator.start();
    awaitServers("shop-db-01", "shop-db-02", "shop-web-01", "shop-web-02", "shop-web-03");
    assertThat(creates()).containsOnly(1L);
  }

  /** The web servers; at any time one at least is ready, and one at most is more than wanted. */
  private List<Server> web() {
    List<Server> web =
        servers().stream().filter(s -> s.getMetadata().getName().startsWith("shop-web-")).toList();
    assertThat(web).hasSizeBetween(1, 3);
    assertThat(web).anyMatch(ClusterApiServerTest::isReady);
    return web;
  }

  private static boolean isReady(Server server) {
    return server.getStatus() != null
        && Conditions.find(server.getStatus().conditions(), "Ready")
            .filter(c -> c.status() == ConditionStatus.True)
            .isPresent();
  }

  /** How often a machine was asked for, for each Server there is. */
  private List<Long> creates() {
    return servers().stream()
        .map(s -> operator.cloud("acme", "sim").creates(s.getMetadata().getUid(), 1))
        .toList();
  }

  private Workspace workspace() {
    return operator.get(Workspace.class, "acme");
  }

  private static ClusterSpec spec(int web, int db) {
    return ClusterSpecBuilder.builder()
        .nodePools(List.of(pool("web", web), pool("db", db)))
        .build();
  }

  private static NodePool pool(String name, int replicas) {
    return pool(name, replicas, "debian-12");
  }

  private static NodePool pool(String name, int replicas, String image) {
    return NodePoolBuilder.builder()
        .name(name)
        .replicas(replicas)
        .server(server("sim-2x4", image))
        .build();
  }

  private static Map<String, com.fasterxml.jackson.databind.JsonNode> server(
      String plan, String image) {
    return Map.of(
        "plan", com.fasterxml.jackson.databind.node.TextNode.valueOf(plan),
        "image", com.fasterxml.jackson.databind.node.TextNode.valueOf(image));
  }

  private void create(ClusterSpec spec) {
    Cluster cluster = new Cluster();
    cluster.setMetadata(
        new ObjectMetaBuilder().withName("shop").withNamespace(operator.namespace).build());
    cluster.setSpec(spec);
    operator.client.resource(cluster).create();
  }

  private void edit(UnaryOperator<ClusterSpec> change) {
    operator.edit(
        Cluster.class,
        "shop",
        cluster -> {
          cluster.setSpec(change.apply(cluster.getSpec()));
          return cluster;
        });
  }

  private Cluster get() {
    return operator.get(Cluster.class, "shop");
  }

  private List<Server> servers() {
    return operator.all(Server.class);
  }

  private void awaitServers(String... names) {
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

  private static boolean isReady(Cluster cluster) {
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
