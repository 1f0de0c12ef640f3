package dev.provisioning.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.provisioning.api.server.DeletionPolicy;
import dev.provisioning.api.server.Server;
import dev.provisioning.api.workflow.BatchWorkflow;
import dev.provisioning.api.workflow.OperationStatus;
import dev.provisioning.api.workflow.Phase;
import dev.provisioning.api.workspace.Workspace;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Operations run: in their order, past a restart of the operator, and into a wall. */
@Tag("apiserver")
class WorkflowRunTest {
  @RegisterExtension final TestOperator operator = TestOperator.inWorkspace("wf");

  private final TestServers servers = new TestServers(operator);
  private final TestWorkflow workflow = new TestWorkflow(operator);

  @Test
  void ten_operations_succeed_in_the_order_of_their_dependencies() {
    workflow.apply(TestWorkflow.TEN);
    workflow.awaitPhase(Phase.Succeeded);
    assertThat(workflow.ready().message()).isEqualTo("10 operations succeeded");
    assertThat(workflow.get().getStatus().progress().done()).isEqualTo("10/10");
    assertThat(servers.all()).hasSize(8);
    Map<String, OperationStatus> all = workflow.operations();
    assertThat(all.get("pause").startedAt()).isAfterOrEqualTo(all.get("first").finishedAt());
    assertThat(all.get("last-01").startedAt()).isAfterOrEqualTo(all.get("db-02").finishedAt());
    assertThat(all.values()).allMatch(o -> o.attempt() == 1);
  }

  @Test
  void a_successor_of_the_operator_goes_on_and_repeats_nothing() {
    workflow.apply(TestWorkflow.TEN);
    await().atMost(TestWorkflow.PATIENCE).until(() -> workflow.done("pause"));
    operator.stop();
    Map<String, String> before = uids();
    OperationStatus first = workflow.operations().get("first");
    operator.start();
    workflow.awaitPhase(Phase.Succeeded);
    assertThat(workflow.operations().get("first")).isEqualTo(first);
    assertThat(workflow.operations().values()).allMatch(o -> o.attempt() == 1);
    assertThat(uids()).containsAllEntriesOf(before);
  }

  @Test
  void a_place_that_is_free_again_wakes_the_workflow_that_waits_for_it() {
    operator
        .client
        .resources(Workspace.class)
        .inNamespace(operator.namespace)
        .withName("acme")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"spec\":{\"limits\":{\"concurrentOperations\":1}}}");
    for (String name : List.of("roll-out", "next")) {
      workflow.apply(
          """
          apiVersion: provisioning.dev/v1alpha1
          kind: BatchWorkflow
          metadata: {name: %1$s}
          spec:
            operations:
            - {name: %1$s-a, server: {}}
            - {name: %1$s-b, dependsOn: [{name: %1$s-a}], server: {}}
          """
              .formatted(name));
    }
    workflow.awaitPhase(Phase.Succeeded);
    await()
        .atMost(TestWorkflow.PATIENCE)
        .until(
            () -> operator.get(BatchWorkflow.class, "next").getStatus().phase() == Phase.Succeeded);
  }

  @Test
  void what_the_api_server_refuses_is_told_in_its_words_and_not_tried_again() {
    workflow.apply(
        """
        apiVersion: provisioning.dev/v1alpha1
        kind: BatchWorkflow
        metadata: {name: roll-out}
        spec:
          operations:
          - {name: both, server: {plan: small, resources: {cores: 2}}}
        """);
    workflow.awaitPhase(Phase.Failed);
    assertThat(workflow.ready().message())
        .startsWith("operation both failed: Server both was not made: spec.plan: ")
        .contains("plan and resources exclude each other");
    assertThat(workflow.operations().get("both").attempt()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(DeletionPolicy.class)
  void what_it_made_goes_with_it_only_if_it_said_so_before(DeletionPolicy policy) {
    workflow.apply(
        """
        apiVersion: provisioning.dev/v1alpha1
        kind: BatchWorkflow
        metadata: {name: roll-out}
        spec:
          deletionPolicy: %s
          operations:
          - {name: web, server: {}}
        """
            .formatted(policy));
    workflow.awaitPhase(Phase.Succeeded);
    Server web = servers.all().getFirst();
    assertThat(web.getMetadata().getOwnerReferences())
        .extracting(OwnerReference::getName)
        .isEqualTo(policy == DeletionPolicy.Delete ? List.of("roll-out") : List.of());
    operator.client.resource(workflow.get()).delete();
    await()
        .atMost(TestWorkflow.PATIENCE)
        .until(() -> operator.get(BatchWorkflow.class, TestWorkflow.NAME) == null);
    if (policy == DeletionPolicy.Delete) {
      await().atMost(TestWorkflow.PATIENCE).until(() -> servers.all().isEmpty());
    } else {
      assertThat(uids()).containsValue(web.getMetadata().getUid());
    }
  }

  @Test
  void a_thousand_operations_fit_in_one_object_of_256_KiB() {
    StringBuilder yaml =
        new StringBuilder(
            TestWorkflow.TEN.substring(0, TestWorkflow.TEN.indexOf("spec:"))
                + "spec:\n  operations:\n");
    for (int i = 0; i < 1_000; i++) {
      String needs = i < 40 ? "" : "dependsOn: [{name: n%04d}], ".formatted(i - 40);
      yaml.append("  - {name: n%04d, %swait: {duration: 0s}}\n".formatted(i, needs));
    }
    workflow.apply(yaml.toString());
    workflow.awaitPhase(Phase.Succeeded);
    String path =
        "/apis/provisioning.dev/v1alpha1/namespaces/%s/batchworkflows/roll-out"
            .formatted(operator.namespace);
    assertThat(operator.client.raw(path)).hasSizeLessThan(256 * 1024);
  }

  private Map<String, String> uids() {
    return servers.all().stream()
        .collect(Collectors.toMap(s -> s.getMetadata().getName(), s -> s.getMetadata().getUid()));
  }
}
