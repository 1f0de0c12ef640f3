package dev.provisioning.planning.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.workflow.ChildKind;
import dev.provisioning.api.workflow.Phase;
import dev.provisioning.planning.ResourceRef;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What was under way, changed or long over when the way back could begin. */
class WayBackTest {
  private static final String ONE =
      """
      timeout: 2h
      onFailure: Rollback
      operations:
      - {name: web, server: {plan: small}}
      """;

  private static final String SMOKE =
      "- {name: smoke, script: {run: 'test', rollback: 'x', servers: {names: [old]}}}\n";

  private final Scene scene = new Scene();

  @Test
  void a_write_that_has_no_answer_yet_is_waited_for_and_then_taken_back() {
    scene.world.slow.add("web");
    scene.world.failing.add("smoke");
    scene.world.exists(ChildKind.Server, "old");
    scene
        .apply(
            ONE
                + """
                - {name: smoke, script: {run: 'test', rollback: 'x', servers: {names: [old]}}}
                """)
        .settle();

    assertThat(scene.status.orElseThrow().phase()).isEqualTo(Phase.RolledBack);
    assertThat(scene.world.effects).containsEntry("apply web web", 1);
    assertThat(scene.world.things).containsOnlyKeys(new ChildRef(ChildKind.Server, "old"));
  }

  @Test
  void an_operation_added_to_what_succeeded_yesterday_has_all_its_time() {
    scene.apply(ONE).settle();
    scene.now = scene.now.plus(Duration.ofDays(1));

    scene.apply(ONE + "- {name: db, server: {plan: small}}").settle();

    assertThat(scene.status.orElseThrow().phase()).isEqualTo(Phase.Succeeded);
    assertThat(scene.world.things).hasSize(2);
  }

  @Test
  void a_weekend_of_suspension_is_no_time_of_the_workflow() {
    String two = ONE + "- {name: db, dependsOn: [{name: web}], server: {plan: small}}\n";
    scene.apply(two).settle(Duration.ofSeconds(1));
    scene.apply(two + "suspend: true").settle();
    scene.now = scene.now.plus(Duration.ofDays(2));
    scene.settle();
    assertThat(scene.status.orElseThrow().phase()).isEqualTo(Phase.Suspended);

    scene.apply(two).settle();

    assertThat(scene.status.orElseThrow().phase()).isEqualTo(Phase.Succeeded);
  }

  @Test
  void a_night_before_an_edited_operation_is_approved_is_no_time_of_the_workflow() {
    scene.workspace = new WorkspaceFacts("acme", true, false, OptionalInt.empty());
    scene.apply(ONE).pass();
    approveShown();
    scene.pass(false);
    scene.apply(ONE.replace("small", "large")).settle();
    scene.now = scene.now.plus(Duration.ofHours(12));
    scene.settle();

    approveShown();
    scene.settle();

    assertThat(scene.status.orElseThrow().phase()).isEqualTo(Phase.Succeeded);
  }

  @Test
  void what_went_while_it_was_changed_is_made_by_the_next_try() {
    scene.world.exists(ChildKind.Server, "web");
    scene.world.stuck.add("web");
    String stops = ONE.replace("Rollback", "Stop") + "retry: {maxAttempts: 1}\n";
    scene.apply(stops).settle();
    scene.world.stuck.clear();
    scene.world.things.clear();

    scene.apply(stops + "resume: {token: again}").settle();

    assertThat(scene.status.orElseThrow().phase()).isEqualTo(Phase.Succeeded);
    scene.apply(stops + "resume: {token: again}\nrollback: {requested: true}").settle();
    assertThat(scene.world.things).isEmpty();
  }

  @Test
  void what_was_made_without_an_answer_and_is_in_no_cache_yet_is_taken_back() {
    scene.world.unanswered.add("web");
    scene.world.unseen.add("web");
    scene.world.failing.add("smoke");
    scene.world.exists(ChildKind.Server, "old");
    scene.apply(ONE + SMOKE).settle();

    assertThat(scene.status.orElseThrow().phase()).isEqualTo(Phase.RolledBack);
    assertThat(scene.world.things).containsOnlyKeys(new ChildRef(ChildKind.Server, "old"));
  }

  @Test
  void what_was_changed_without_an_answer_and_is_in_no_cache_yet_gets_its_spec_back() {
    scene.world.unanswered.add("web");
    scene.world.unseen.add("web");
    scene.world.failing.add("smoke");
    scene.world.exists(ChildKind.Server, "old");
    FakeWorld.Thing web = scene.world.exists(ChildKind.Server, "web");
    web.spec.put("plan", "tiny");
    scene.apply(ONE + SMOKE).settle();

    assertThat(scene.status.orElseThrow().phase()).isEqualTo(Phase.RolledBack);
    assertThat(web.spec).containsEntry("plan", "tiny");
  }

  private void approveShown() {
    scene.annotations.put(ResourceRef.APPROVE_PLAN, scene.status.orElseThrow().plan().hash());
  }
}
