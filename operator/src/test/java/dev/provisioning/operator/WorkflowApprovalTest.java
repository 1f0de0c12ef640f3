package dev.provisioning.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.provisioning.api.PlanStatus;
import dev.provisioning.api.PlannedAction;
import dev.provisioning.api.taskserv.TaskServDefinition;
import dev.provisioning.api.workflow.BatchWorkflow;
import dev.provisioning.api.workflow.Phase;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What people read before they say yes, and who may say it. */
@Tag("apiserver")
class WorkflowApprovalTest {
  @RegisterExtension final TestOperator operator = TestOperator.inWorkspace("wf");

  private final TestServers servers = new TestServers(operator);
  private final TestWorkflow workflow = new TestWorkflow(operator);

  @Test
  void a_plan_tells_what_it_costs_and_what_cannot_be_taken_back_and_makes_nothing() {
    workflow.apply(
        """
        apiVersion: provisioning.dev/v1alpha1
        kind: BatchWorkflow
        metadata: {name: roll-out}
        spec:
          mode: Plan
          operations:
          - {name: pair, servers: {names: [web-01, web-02], template: {resources: {cores: 1, memoryGb: 1}}}}
          - {name: old, delete: {kind: Server, name: old}}
        """);
    await().atMost(TestWorkflow.PATIENCE).until(() -> workflow.get().getStatus().plan() != null);
    PlanStatus plan = workflow.get().getStatus().plan();
    assertThat(plan.cost().monthly()).isNotBlank();
    assertThat(plan.actions())
        .filteredOn(a -> Boolean.TRUE.equals(a.destructive()))
        .extracting(PlannedAction::description)
        .containsExactly("old: delete Server old; irreversible: it cannot be taken back");
    assertThat(servers.all()).isEmpty();
  }

  @Test
  void a_plan_tells_what_a_service_does_on_machines_once_its_definition_is_there() {
    workflow.apply(
        """
        apiVersion: provisioning.dev/v1alpha1
        kind: BatchWorkflow
        metadata: {name: roll-out}
        spec:
          mode: Plan
          operations:
          - {name: db, taskServ: {definition: postgres, servers: {names: [web-01]}}}
        """);
    awaitLine(
        "db: what db does on web-01 cannot be told: there is no TaskServDefinition postgres yet");
    TaskServDefinition postgres =
        operator
            .client
            .getKubernetesSerialization()
            .unmarshal(
                """
                apiVersion: provisioning.dev/v1alpha1
                kind: TaskServDefinition
                metadata: {name: postgres}
                spec:
                  category: Databases
                  description: A database.
                  versions: [{version: "15", packages: [postgresql-15], default: true}]
                  units: [postgresql]
                """,
                TaskServDefinition.class);
    postgres.getMetadata().setNamespace(operator.namespace);
    operator.client.resource(postgres).create();
    awaitLine("db: install postgres 15 on web-01: packages postgresql-15; starts postgresql");
  }

  private void awaitLine(String line) {
    await()
        .atMost(TestWorkflow.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(workflow.get().getStatus().plan().actions())
                    .extracting(PlannedAction::description)
                    .containsExactly("db: make TaskServ db (definition postgres)", line));
  }

  @Test
  void only_approvers_answer() throws IOException {
    Path policy = Path.of("../helm/operator/files/policies/approvers.yaml");
    operator.client.load(Files.newInputStream(policy)).forceConflicts().serverSideApply();
    workflow.apply(
        """
        apiVersion: provisioning.dev/v1alpha1
        kind: BatchWorkflow
        metadata: {name: roll-out}
        spec:
          operations:
          - {name: go, approval: {message: "go?", approvers: ["user:anna", "group:release"]}}
        """);
    workflow.awaitPhase(Phase.Running);
    assertThat(workflow.ready().message()).contains("it asks user:anna or group:release: go?");
    try (KubernetesClient bob = as("bob", List.of("system:masters"));
        KubernetesClient carl = as("carl", List.of("system:masters", "release"))) {
      await()
          .atMost(TestWorkflow.PATIENCE)
          .until(() -> refusal(bob).contains("bob may not answer"));
      assertThat(refusal(bob)).endsWith("operation go: its approvers are user:anna, group:release");
      assertThat(refusal(carl)).isEmpty();
      at(carl).edit(WorkflowApprovalTest::answered);
    }
    workflow.awaitPhase(Phase.Succeeded);
  }

  /** What the API server says to an answer that would not be kept. */
  private String refusal(KubernetesClient who) {
    try {
      at(who).dryRun().edit(WorkflowApprovalTest::answered);
      return "";
    } catch (KubernetesClientException e) {
      return e.getStatus().getMessage();
    }
  }

  private static BatchWorkflow answered(BatchWorkflow workflow) {
    workflow.getMetadata().setAnnotations(Map.of("approve.provisioning.dev/go", "yes"));
    return workflow;
  }

  private Resource<BatchWorkflow> at(KubernetesClient client) {
    return client
        .resources(BatchWorkflow.class)
        .inNamespace(operator.namespace)
        .withName(TestWorkflow.NAME);
  }

  private static KubernetesClient as(String user, List<String> groups) {
    Config config = RunningOperator.kube();
    config.setImpersonateUsername(user);
    config.setImpersonateGroups(groups.toArray(String[]::new));
    return new KubernetesClientBuilder().withConfig(config).build();
  }
}
