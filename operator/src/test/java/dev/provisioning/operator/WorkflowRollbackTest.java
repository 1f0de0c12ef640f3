package dev.provisioning.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.server.Server;
import dev.provisioning.api.server.ServerSpecBuilder;
import dev.provisioning.api.workflow.BatchWorkflow;
import dev.provisioning.api.workflow.Phase;
import dev.provisioning.api.workspace.PolicyBuilder;
import dev.provisioning.planning.ResourceRef;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A workflow that a person takes back. */
@Tag("apiserver")
class WorkflowRollbackTest {
  @RegisterExtension final TestOperator operator = TestOperator.inWorkspace("wf");

  private final TestServers servers = new TestServers(operator);
  private final TestWorkflow workflow = new TestWorkflow(operator);

  @Test
  void taken_back_nothing_is_left() {
    workflow.apply(TestWorkflow.TEN);
    workflow.awaitPhase(Phase.Succeeded);
    workflow.apply(
        TestWorkflow.TEN.replace(
            "  parallelism: 3", "  parallelism: 3\n  rollback: {requested: true}"));
    workflow.awaitPhase(Phase.RolledBack);
    assertThat(servers.all()).isEmpty();
    assertThat(workflow.ready().message())
        .isEqualTo("10 operations taken back, because spec.rollback.requested is true");
  }

  @Test
  void a_changed_resource_gets_its_spec_back_and_one_of_somebody_else_stays() {
    Server mine = new Server();
    mine.setMetadata(
        new ObjectMetaBuilder().withName("old").withNamespace(operator.namespace).build());
    mine.setSpec(ServerSpecBuilder.builder().tags(Map.of("team", "web", "keep", "this")).build());
    operator.client.resource(mine).create();
    String change =
        """
        apiVersion: provisioning.dev/v1alpha1
        kind: BatchWorkflow
        metadata: {name: roll-out}
        spec:
          operations:
          - {name: retag, target: old, server: {tags: {team: db}}}
        """;
    workflow.apply(change);
    workflow.awaitPhase(Phase.Succeeded);
    assertThat(servers.get("old").getSpec().tags()).isEqualTo(Map.of("team", "db", "keep", "this"));
    workflow.apply(change.replace("spec:", "spec:\n  rollback: {requested: true}"));
    workflow.awaitPhase(Phase.RolledBack);
    assertThat(servers.get("old").getSpec()).isEqualTo(mine.getSpec());
  }

  @Test
  void where_plans_are_approved_who_approved_the_workflow_is_not_asked_again_by_the_way_back() {
    servers.create("old", TestServers.spec());
    servers.awaitReady("old");
    new TestWorkspace(operator, servers)
        .edit(s -> s.withPolicy(PolicyBuilder.builder().requireApproval(true).build()));
    String change =
        """
        apiVersion: provisioning.dev/v1alpha1
        kind: BatchWorkflow
        metadata: {name: roll-out}
        spec:
          operations:
          - {name: resize, target: old, server: {plan: sim-4x8}}
        """;
    workflow.apply(change);
    workflow.awaitPhase(Phase.Planned);
    operator.edit(
        BatchWorkflow.class,
        TestWorkflow.NAME,
        one -> {
          String shown = one.getStatus().plan().hash();
          one.getMetadata().getAnnotations().put(ResourceRef.APPROVE_PLAN, shown);
          return one;
        });
    workflow.awaitPhase(Phase.Succeeded);
    assertThat(servers.get("old").getStatus().machine().plan()).isEqualTo("sim-4x8");

    workflow.apply(change.replace("spec:", "spec:\n  rollback: {requested: true}"));
    workflow.awaitPhase(Phase.RolledBack);

    assertThat(servers.get("old").getStatus().machine().plan()).isEqualTo("sim-2x4");
  }
}
