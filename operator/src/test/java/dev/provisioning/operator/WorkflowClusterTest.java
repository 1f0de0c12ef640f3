package dev.provisioning.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.provisioning.api.cluster.Cluster;
import dev.provisioning.api.cluster.ClusterSpec;
import dev.provisioning.api.cluster.ComponentBuilder;
import dev.provisioning.api.workflow.OperationPhase;
import dev.provisioning.api.workflow.OperationStatus;
import dev.provisioning.api.workflow.Phase;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Workflows that make, scale and upgrade Clusters. */
@Tag("apiserver")
class WorkflowClusterTest {
  private static final String MAKES_AND_SCALES =
      """
      apiVersion: provisioning.dev/v1alpha1
      kind: BatchWorkflow
      metadata: {name: roll-out}
      spec:
        operations:
        - name: shop
          cluster:
            nodePools:
            - {name: web, replicas: 1, server: {plan: sim-2x4, image: debian-12}}
            - {name: db, replicas: 1, server: {plan: sim-2x4, image: debian-12}}
        - {name: more-web, dependsOn: [{name: shop}], scale: {cluster: shop, nodePool: web, replicas: 2}}
        - {name: more-db, dependsOn: [{name: more-web}], scale: {cluster: shop, replicas: 3}}
        - {name: less-db, dependsOn: [{name: more-db}], scale: {cluster: shop, nodePool: db, replicas: 2}}
      """;
  private static final String SCALES_AND_UPGRADES =
      """
      apiVersion: provisioning.dev/v1alpha1
      kind: BatchWorkflow
      metadata: {name: roll-out}
      spec:
        onFailure: Rollback
        operations:
        - {name: more-db, scale: {cluster: shop, nodePool: db, replicas: 2}}
        - {name: more-web, dependsOn: [{name: more-db}], scale: {cluster: shop, nodePool: web, replicas: 2}}
        - {name: newer, dependsOn: [{name: more-web}], upgrade: {cluster: shop, version: "2"}}
      """;
  private static final String UPGRADES =
      """
      apiVersion: provisioning.dev/v1alpha1
      kind: BatchWorkflow
      metadata: {name: roll-out}
      spec:
        onFailure: Continue
        operations:
        - {name: newer, upgrade: {cluster: shop, version: "2"}}
        - {name: nginx, dependsOn: [{name: newer, type: Soft}], upgrade: {cluster: shop, component: nginz, version: "2"}}
      """;

  @RegisterExtension final TestOperator operator = TestOperator.inWorkspace("wfc");

  private final ShopCluster shop = new ShopCluster(operator);
  private final TestWorkflow workflow = new TestWorkflow(operator);

  @Test
  void one_workflow_makes_a_cluster_and_scales_it_and_taken_back_nothing_is_left() {
    workflow.apply(MAKES_AND_SCALES);
    workflow.awaitPhase(Phase.Succeeded);
    shop.awaitServers("shop-db-01", "shop-db-02", "shop-web-01", "shop-web-02");
    assertThat(shop.get().getSpec().replicas()).isEqualTo(2);
    assertThat(shop.get().getSpec().nodePools())
        .extracting("name", "replicas")
        .containsExactly(tuple("web", 2), tuple("db", 1));

    workflow.apply(MAKES_AND_SCALES.replace("spec:\n", "spec:\n  rollback: {requested: true}\n"));
    workflow.awaitPhase(Phase.RolledBack);

    assertThat(operator.all(Cluster.class)).isEmpty();
    assertThat(shop.servers()).isEmpty();
    assertThat(operator.cloud("acme", "sim").machines()).isEmpty();
  }

  @Test
  void an_upgrade_that_can_change_nothing_fails_and_the_sizes_of_before_come_back() {
    ClusterSpec before = ShopCluster.spec(1, 1);
    shop.create(before);
    shop.awaitServers("shop-db-01", "shop-web-01");

    workflow.apply(SCALES_AND_UPGRADES);
    workflow.awaitPhase(Phase.RolledBack);

    assertThat(workflow.ready().message())
        .isEqualTo(
            "3 operations taken back, because operation newer failed: Cluster shop has no"
                + " components: there is nothing to upgrade");
    assertThat(shop.get().getSpec()).isEqualTo(before);
    shop.awaitServers("shop-db-01", "shop-web-01");
    assertThat(operator.cloud("acme", "sim").machines()).hasSize(2);
  }

  @Test
  void an_upgrade_names_a_component_that_there_is() {
    ClusterSpec before =
        ShopCluster.spec(1, 1)
            .withComponents(
                List.of(
                    ComponentBuilder.builder().name("nginx").build(),
                    ComponentBuilder.builder().name("redis").build()));
    shop.create(before);

    workflow.apply(UPGRADES);
    workflow.awaitPhase(Phase.Failed);

    assertThat(workflow.operations().get("newer"))
        .extracting(OperationStatus::phase, OperationStatus::message)
        .containsExactly(
            OperationPhase.Failed,
            "Cluster shop has 2 components; say in upgrade.component which: nginx, redis");
    assertThat(workflow.operations().get("nginx"))
        .extracting(OperationStatus::phase, OperationStatus::message)
        .containsExactly(
            OperationPhase.Failed,
            "Cluster shop has no component nginz; there are nginx, redis; did you mean nginx?");
    assertThat(shop.get().getSpec()).isEqualTo(before);
  }
}
