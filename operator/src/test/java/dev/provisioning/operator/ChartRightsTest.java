package dev.provisioning.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.provisioning.api.cluster.Cluster;
import dev.provisioning.api.server.Server;
import dev.provisioning.api.taskserv.TaskServ;
import dev.provisioning.api.taskserv.TaskServDefinition;
import dev.provisioning.api.workflow.BatchWorkflow;
import dev.provisioning.api.workflow.Phase;
import dev.provisioning.planning.Conditions;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A life of each kind, by an operator that has the rights of the chart and no others. The extension
 * fails a test in which any request was refused, here and in all other classes that use it.
 */
@Tag("apiserver")
class ChartRightsTest {
  @RegisterExtension final TestOperator operator = TestOperator.inWorkspace("rights");

  private final TestServers servers = new TestServers(operator);
  private final ShopCluster shop = new ShopCluster(operator);
  private final TestWorkflow workflow = new TestWorkflow(operator);

  @Test
  void a_server_is_made_changed_and_ended() {
    servers.create("web-01", TestServers.spec());
    servers.awaitReady("web-01");
    servers.edit("web-01", s -> s.withTags(Map.of("team", "a")));
    servers.awaitReady("web-01");
    assertThat(operator.all(Event.class)).isNotEmpty();
    servers.end("web-01");
  }

  @Test
  void a_cluster_is_made_scaled_both_ways_and_ended() {
    shop.create(ShopCluster.spec(1, 1));
    shop.awaitServers("shop-db-01", "shop-web-01");
    shop.edit(s -> s.withNodePools(List.of(ShopCluster.pool("web", 2), ShopCluster.pool("db", 1))));
    shop.awaitServers("shop-db-01", "shop-web-01", "shop-web-02");
    shop.edit(s -> s.withNodePools(List.of(ShopCluster.pool("web", 1), ShopCluster.pool("db", 1))));
    shop.awaitServers("shop-db-01", "shop-web-01");
    operator.client.resource(shop.get()).delete();
    await().atMost(ShopCluster.PATIENCE).until(() -> operator.all(Cluster.class).isEmpty());
    assertThat(operator.all(Server.class)).isEmpty();
  }

  @Test
  void a_workflow_asks_makes_changes_deletes_and_goes_when_its_time_is_over() throws IOException {
    Path policy = Path.of("../helm/operator/files/policies/approvers.yaml");
    operator.client.load(Files.newInputStream(policy)).forceConflicts().serverSideApply();
    servers.create("old", TestServers.spec());
    servers.create("kept", TestServers.spec());
    servers.awaitReady("old");
    servers.awaitReady("kept");
    workflow.apply(
        """
        apiVersion: provisioning.dev/v1alpha1
        kind: BatchWorkflow
        metadata: {name: roll-out}
        spec:
          ttlAfterFinished: 1s
          operations:
          - {name: go, approval: {message: "go?", approvers: ["group:system:masters"]}}
          - {name: new, dependsOn: [{name: go}], server: {plan: sim-2x4}}
          - {name: kept, dependsOn: [{name: go}], server: {plan: sim-2x4, tags: {team: a}}}
          - {name: old, dependsOn: [{name: new}], delete: {kind: Server, name: old}}
        """);
    workflow.awaitPhase(Phase.Running);
    operator.edit(
        BatchWorkflow.class,
        TestWorkflow.NAME,
        asked -> {
          asked.getMetadata().setAnnotations(Map.of("approve.provisioning.dev/go", "yes"));
          return asked;
        });
    await().atMost(TestWorkflow.PATIENCE).until(() -> workflow.get() == null);
    assertThat(operator.all(Server.class))
        .extracting(server -> server.getMetadata().getName())
        .containsExactlyInAnyOrder("kept", "new");
    assertThat(servers.get("kept").getSpec().tags()).containsEntry("team", "a");
  }

  @Test
  void a_service_makes_what_it_requires_and_its_definition_is_remembered() {
    apply(
        """
        apiVersion: provisioning.dev/v1alpha1
        kind: TaskServDefinition
        metadata: {name: base}
        spec: {category: Development, description: A toy., versions: [{version: "1.0"}]}
        """,
        TaskServDefinition.class);
    apply(
        """
        apiVersion: provisioning.dev/v1alpha1
        kind: TaskServDefinition
        metadata: {name: toy}
        spec: {category: Development, description: A toy., versions: [{version: "1.0"}], requires: [{name: base}]}
        """,
        TaskServDefinition.class);
    servers.create("web-01", TestServers.spec());
    servers.awaitReady("web-01");
    apply(
        """
        apiVersion: provisioning.dev/v1alpha1
        kind: TaskServ
        metadata: {name: toy}
        spec: {dependencies: Install, servers: {names: [web-01]}}
        """,
        TaskServ.class);
    await()
        .atMost(TestServers.PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(operator.all(TaskServ.class)).as(this::said).hasSize(2);
              assertThat(operator.all(ControllerRevision.class)).as(this::said).isNotEmpty();
            });
    operator.client.resources(TaskServ.class).inNamespace(operator.namespace).delete();
    await().atMost(TestServers.PATIENCE).until(() -> operator.all(TaskServ.class).isEmpty());
    operator.client.resources(TaskServDefinition.class).inNamespace(operator.namespace).delete();
    await()
        .atMost(TestServers.PATIENCE)
        .until(() -> operator.all(TaskServDefinition.class).isEmpty());
  }

  private String said() {
    return operator.all(TaskServ.class).stream()
        .filter(taskServ -> taskServ.getStatus() != null)
        .map(taskServ -> Conditions.find(taskServ.getStatus().conditions(), Conditions.READY))
        .toList()
        .toString();
  }

  private void apply(String yaml, Class<? extends HasMetadata> kind) {
    HasMetadata made = operator.client.getKubernetesSerialization().unmarshal(yaml, kind);
    made.getMetadata().setNamespace(operator.namespace);
    operator.client.resource(made).create();
  }
}
