package dev.provisioning.operator;

import static dev.provisioning.operator.ShopCluster.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.provisioning.api.Condition;
import dev.provisioning.api.ConditionStatus;
import dev.provisioning.api.Mode;
import dev.provisioning.api.cluster.Cluster;
import dev.provisioning.api.cluster.Phase;
import dev.provisioning.api.server.Server;
import dev.provisioning.api.workspace.Workspace;
import dev.provisioning.planning.Conditions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Clusters of simulated machines on a real API server, by the whole operator. */
@Tag("apiserver")
class ClusterApiServerTest {
  @RegisterExtension final TestOperator operator = TestOperator.inWorkspace("pcl");

  private final ShopCluster shop = new ShopCluster(operator);

  @Test
  void a_cluster_of_two_pools_becomes_ready_scales_both_ways_and_goes_to_nothing() {
    shop.create(ShopCluster.spec(2, 1).withReplicas(1));
    shop.awaitServers("shop-db-01", "shop-web-01", "shop-web-02");
    assertThat(shop.get().getStatus().ready()).isEqualTo("3/3");
    assertThat(shop.servers())
        .allSatisfy(
            server -> {
              assertThat(server.getMetadata().getOwnerReferences())
                  .extracting("uid")
                  .containsExactly(shop.get().getMetadata().getUid());
              assertThat(server.getMetadata().getLabels())
                  .containsEntry("provisioning.dev/cluster", "shop");
            });

    operator
        .client
        .resources(Cluster.class)
        .inNamespace(operator.namespace)
        .withName("shop")
        .scale(3);
    shop.awaitServers("shop-db-01", "shop-db-02", "shop-db-03", "shop-web-01", "shop-web-02");
    shop.edit(s -> s.withReplicas(1));
    shop.awaitServers("shop-db-01", "shop-web-01", "shop-web-02");

    operator.client.resource(shop.get()).delete();
    await().atMost(PATIENCE).until(() -> shop.get() == null);
    assertThat(shop.servers()).isEmpty();
  }

  @Test
  void machines_of_a_protected_cluster_stay_when_the_garbage_collector_deletes_their_servers() {
    shop.create(ShopCluster.spec(1, 1).withDeletionProtection(true));
    shop.awaitServers("shop-db-01", "shop-web-01");
    operator.client.resource(shop.get()).delete();
    // This API server comes without a garbage collector: this is what it does.
    shop.servers().forEach(server -> operator.client.resource(server).delete());
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(shop.servers())
                    .hasSize(2)
                    .allMatch(
                        s ->
                            Conditions.find(s.getStatus().conditions(), Conditions.STALLED)
                                .filter(c -> c.reason().equals("DeletionProtected"))
                                .isPresent()));
    assertThat(operator.cloud("acme", "sim").machines()).hasSize(2);
    shop.edit(s -> s.withDeletionProtection(false));
    await().atMost(PATIENCE).until(() -> shop.get() == null);
    assertThat(shop.servers()).isEmpty();
    assertThat(operator.cloud("acme", "sim").machines()).isEmpty();
  }

  @Test
  void plan_mode_shows_what_would_be_made_and_makes_nothing() {
    shop.create(ShopCluster.spec(2, 1).withMode(Mode.Plan));
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                shop.get().getStatus() != null && shop.get().getStatus().phase() == Phase.Planned);
    assertThat(shop.get().getStatus().plan().actions())
        .extracting("action")
        .containsExactly("CreateServer", "CreateServer", "CreateServer");
    assertThat(shop.get().getStatus().plan().actions().getFirst().description())
        .matches(
            "create Server shop-web-01 \\(plan sim-2x4, debian-12, [0-9.]+ [A-Z]{3} a month\\)");
    assertThat(Double.parseDouble(shop.get().getStatus().plan().cost().monthly())).isPositive();
    assertThat(shop.servers()).isEmpty();
    assertThat(shop.get().getMetadata().getFinalizers()).isEmpty();
  }

  @Test
  void a_workspace_with_a_cluster_in_it_stays_and_says_why() {
    shop.create(ShopCluster.spec(1, 1).withMode(Mode.Plan));
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                shop.get().getStatus() != null && shop.get().getStatus().phase() == Phase.Planned);
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
    operator.client.resource(shop.get()).delete();
    await().atMost(PATIENCE).until(() -> workspace() == null);
  }

  @Test
  void another_image_replaces_machine_by_machine_through_the_death_of_the_operator() {
    shop.create(ShopCluster.spec(2, 1));
    shop.awaitServers("shop-db-01", "shop-web-01", "shop-web-02");
    List<String> old = shop.servers().stream().map(s -> s.getMetadata().getUid()).toList();
    shop.edit(
        s ->
            s.withNodePools(
                List.of(ShopCluster.pool("web", 2, "debian-13"), ShopCluster.pool("db", 1))));
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> web().stream().anyMatch(s -> !old.contains(s.getMetadata().getUid())));
    operator.kill();
    operator.start();
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> web().size() == 2 && ShopCluster.isReady(shop.get()));
    assertThat(web())
        .allMatch(s -> !old.contains(s.getMetadata().getUid()))
        .allMatch(s -> s.getSpec().image().equals("debian-13"));
    assertThat(operator.cloud("acme", "sim").machines()).hasSize(3);
    assertThat(creates()).containsOnly(1L);
  }

  @Test
  void an_operator_killed_while_it_makes_a_cluster_leaves_one_machine_for_each_server() {
    shop.create(ShopCluster.spec(3, 2));
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> shop.servers().size() >= 2);
    operator.kill();
    operator.start();
    shop.awaitServers("shop-db-01", "shop-db-02", "shop-web-01", "shop-web-02", "shop-web-03");
    assertThat(creates()).containsOnly(1L);
  }

  /** The web servers; at any time one at least is ready, and one at most is more than wanted. */
  private List<Server> web() {
    List<Server> web =
        shop.servers().stream()
            .filter(s -> s.getMetadata().getName().startsWith("shop-web-"))
            .toList();
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
    return shop.servers().stream()
        .map(s -> operator.cloud("acme", "sim").creates(s.getMetadata().getUid(), 1))
        .toList();
  }

  private Workspace workspace() {
    return operator.get(Workspace.class, "acme");
  }
}
