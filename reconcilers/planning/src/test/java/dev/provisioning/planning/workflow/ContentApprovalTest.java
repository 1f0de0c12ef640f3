package dev.provisioning.planning.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.workflow.ChildKind;
import dev.provisioning.api.workflow.OperationPhase;
import dev.provisioning.api.workflow.Phase;
import dev.provisioning.planning.ResourceRef;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was agreed to is what is tried again; another script is another plan. */
class ContentApprovalTest {
  private static final String SMOKE =
      """
      operations:
      - {name: web, server: {plan: small}}
      - name: smoke
        dependsOn: [{name: web}]
        retry: {maxAttempts: 3, backoff: {initial: 10m}}
        script: {run: 'test %s', servers: {names: [web]}, idempotent: true}
      """;

  private final Scene scene = new Scene();

  @BeforeEach
  void itWasApprovedAndItsFirstTryFailed() {
    scene.workspace = new WorkspaceFacts("acme", true, false, OptionalInt.empty());
    scene.world.failing.add("smoke");
    scene.apply(SMOKE.formatted("old")).pass();
    approveShown();
    scene.settle(Duration.ofMinutes(5));
    assertThat(scene.operation("smoke").attempt()).isEqualTo(1);
    scene.world.failing.clear();
  }

  @Test
  void theSameIsTriedAgainUnasked() {
    scene.settle();
    assertThat(scene.status.orElseThrow().phase()).isEqualTo(Phase.Succeeded);
  }

  @Test
  void anotherScriptIsAskedForBeforeItIsTried() {
    scene.apply(SMOKE.formatted("new")).settle();
    assertThat(scene.operation("smoke").attempt()).isEqualTo(1);
    assertThat(scene.condition("Reconciling").reason()).isEqualTo("ApprovalRequired");
    approveShown();
    scene.settle();
    assertThat(scene.status.orElseThrow().phase()).isEqualTo(Phase.Succeeded);
  }

  @Test
  void whoApprovedTheWholeIsNotAskedForEachOfItsResources() {
    scene.world.asking.add("db");
    scene.apply("operations:\n- {name: db, server: {plan: small}}").settle();
    assertThat(scene.world.things).doesNotContainKey(new ChildRef(ChildKind.Server, "db"));
    approveShown();
    scene.settle();
    assertThat(scene.operation("db").phase()).isEqualTo(OperationPhase.Succeeded);
  }

  @Test
  void whatAsksWhereNobodyApprovedTheWholeIsLeftToAPerson() {
    scene.workspace = new WorkspaceFacts("acme", false, false, OptionalInt.empty());
    scene.world.asking.add("db");
    scene.apply("operations:\n- {name: db, server: {plan: small}}").settle(Duration.ofMinutes(5));
    assertThat(scene.operation("db").phase()).isEqualTo(OperationPhase.Running);
  }

  private void approveShown() {
    scene.annotations.put(ResourceRef.APPROVE_PLAN, scene.status.orElseThrow().plan().hash());
  }
}
