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

/** The approval of a workflow's plan is that of its resources' plans, and of nothing else. */
class HandoverTest {
  private static final String CHANGE = "operations:\n- {name: web, server: {plan: %s}}\n";

  private final Scene scene = new Scene();
  private FakeWorld.Thing web;

  @BeforeEach
  void everythingAsks() {
    scene.workspace = new WorkspaceFacts("acme", true, false, OptionalInt.empty());
    web = scene.world.exists(ChildKind.Server, "web");
    web.spec.put("plan", "small");
    scene.world.asking.add("web");
  }

  @Test
  void a_changed_resource_that_asks_again_when_it_is_taken_back_is_answered() {
    scene.apply(CHANGE.formatted("large")).settle();
    approveShown();
    scene.settle();
    assertThat(scene.status.orElseThrow().phase()).isEqualTo(Phase.Succeeded);

    scene.apply(CHANGE.formatted("large") + "rollback: {requested: true}").settle();

    assertThat(scene.status.orElseThrow().phase()).isEqualTo(Phase.RolledBack);
    assertThat(web.spec).containsEntry("plan", "small");
    assertThat(scene.world.effects).containsEntry("approve web web", 2);
  }

  @Test
  void what_others_wrote_and_nobody_agreed_to_is_asked_for_there() {
    scene.world.edit(web, "image", "debian");
    scene.apply(CHANGE.formatted("large")).settle();
    approveShown();

    scene.settle(Duration.ofMinutes(5));

    assertThat(web.annotations).doesNotContainKey(ResourceRef.APPROVE_PLAN);
    assertThat(scene.operation("web").message())
        .isEqualTo("Server web: it is being made; others edited it too: approve it there");
    web.annotations.put(ResourceRef.APPROVE_PLAN, "plan-3");
    scene.settle();
    assertThat(scene.status.orElseThrow().phase()).isEqualTo(Phase.Succeeded);
  }

  @Test
  void what_others_write_while_it_is_changed_is_asked_for_there() {
    scene.apply(CHANGE.formatted("large")).settle();
    approveShown();
    scene.pass();
    scene.world.edit(web, "image", "debian");

    scene.settle(Duration.ofMinutes(5));

    assertThat(web.annotations).doesNotContainKey(ResourceRef.APPROVE_PLAN);
    assertThat(scene.operation("web").phase()).isEqualTo(OperationPhase.Running);
  }

  @Test
  void an_approval_that_could_not_be_handed_on_is_told_and_tried_once_a_minute() {
    scene.world.unapprovable.add("web");
    scene.apply(CHANGE.formatted("large")).settle();
    approveShown();

    scene.settle(Duration.ofMinutes(10));

    assertThat(scene.operation("web").message())
        .isEqualTo("Server web: it is being made; its approval: you may not");
    assertThat(scene.world.effects.get("approve web web")).isBetween(5, 11);
    scene.world.unapprovable.clear();
    scene.settle();
    assertThat(scene.status.orElseThrow().phase()).isEqualTo(Phase.Succeeded);
  }

  private void approveShown() {
    scene.annotations.put(ResourceRef.APPROVE_PLAN, scene.status.orElseThrow().plan().hash());
  }
}
