package dev.provisioning.planning.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.PlannedAction;
import dev.provisioning.api.workflow.ChildKind;
import dev.provisioning.api.workflow.OperationPhase;
import dev.provisioning.api.workflow.OperationStatus;
import dev.provisioning.api.workflow.Phase;
import dev.provisioning.api.workflow.UndoPhase;
import dev.provisioning.planning.Conditions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What cannot be taken back: said beforehand, and left where everything else goes back. */
class IrreversibleTest {
  private static final String WORKFLOW =
      """
      operations:
      - {name: seed, script: {servers: {names: [web]}, run: seed}}
      - {name: smoke, script: {servers: {names: [web]}, run: ok, rollback: undo}}
      - {name: old, dependsOn: [{name: smoke}], delete: {kind: TaskServ, name: old}}
      - {name: more, server: {}}
      """;

  private final Scene scene = new Scene();

  @BeforeEach
  void exists() {
    scene.world.exists(ChildKind.Server, "web");
    scene.world.exists(ChildKind.TaskServ, "old");
  }

  @Test
  void the_plan_says_so_before_anything_is_done() {
    scene.apply("mode: Plan\n" + WORKFLOW).settle();

    assertThat(scene.status.orElseThrow().plan().actions())
        .extracting(PlannedAction::description)
        .containsExactly(
            "more: make Server more",
            "seed: run script seed on web; irreversible: it has no rollback",
            "smoke: run script smoke on web",
            "old: delete TaskServ old; irreversible: it cannot be taken back");
    assertThat(scene.status.orElseThrow().plan().actions())
        .filteredOn(action -> Boolean.TRUE.equals(action.destructive()))
        .extracting(PlannedAction::action)
        .containsExactly("DeleteTaskServ");
  }

  @Test
  void a_rollback_leaves_it_and_says_how_many() {
    scene.apply(WORKFLOW).settle();
    scene.apply("rollback: {requested: true}\n" + WORKFLOW).settle();

    assertThat(scene.status.orElseThrow().phase()).isEqualTo(Phase.RolledBack);
    assertThat(scene.status.orElseThrow().rollback().left()).isEqualTo(2);
    assertThat(scene.status.orElseThrow().rollback().completed()).isEqualTo(2);
    assertThat(scene.condition(Conditions.READY).message())
        .endsWith("; 2 irreversible ones are left as they are");
    for (String left : new String[] {"seed", "old"}) {
      OperationStatus operation = scene.operation(left);
      assertThat(operation.phase()).isEqualTo(OperationPhase.Succeeded);
      assertThat(operation.undo().phase()).isEqualTo(UndoPhase.Left);
      assertThat(operation.message()).isEqualTo("irreversible: left as it is");
    }
  }

  @Test
  void one_alone_is_spoken_of_as_one() {
    String one = "operations:\n- {name: seed, script: {servers: {names: [web]}, run: seed}}\n";
    scene.apply(one).settle();
    scene.apply("rollback: {requested: true}\n" + one).settle();

    assertThat(scene.condition(Conditions.READY).message())
        .startsWith("0 operations taken back, because ")
        .endsWith("; 1 irreversible one is left as it is");
  }
}
