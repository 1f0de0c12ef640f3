package dev.provisioning.planning.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.provisioning.api.workflow.Child;
import dev.provisioning.api.workflow.ChildKind;
import dev.provisioning.api.workflow.OperationPhase;
import dev.provisioning.api.workflow.Phase;
import dev.provisioning.api.workflow.ScriptTarget;
import dev.provisioning.api.workflow.TargetPhase;
import dev.provisioning.planning.ResourceRef;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Somebody edits an operation that runs. */
class EditedTest {
  private static final String SERVER =
      """
      operations:
      - {name: web, server: {plan: %s}}
      """;
  private static final String SERVERS =
      """
      operations:
      - {name: web, servers: {names: [%s], template: {plan: %s}}}
      """;
  private static final String SCRIPT =
      """
      operations:
      - name: smoke
        script: {run: 'test %s', rollback: 'undo', servers: {names: [%s]}, idempotent: %s}
      """;

  private final Scene scene = new Scene();

  @Test
  void what_was_approved_and_is_not_made_yet_is_asked_for_again() {
    everythingNeedsApproval();
    scene.apply(SERVER.formatted("small")).pass();
    approveShown();
    scene.pass(false); // it is recorded that it begins, and then the process dies

    scene.apply(SERVER.formatted("large")).settle();

    assertThat(scene.world.things).isEmpty();
    assertThat(scene.condition("Reconciling").reason()).isEqualTo("ApprovalRequired");
    assertThat(scene.operation("web").message())
        .isEqualTo("it was edited while it ran: the next try carries out what the spec says now");
    approveShown();
    scene.settle();
    assertThat(scene.status.orElseThrow().phase()).isEqualTo(Phase.Succeeded);
    assertThat(plan("web")).isEqualTo("large");
  }

  @Test
  void where_nobody_has_to_agree_the_next_try_begins_at_once() {
    scene.apply(SERVER.formatted("small")).settle(Duration.ofSeconds(2));

    scene.apply(SERVER.formatted("large")).settle();

    assertThat(scene.status.orElseThrow().phase()).isEqualTo(Phase.Succeeded);
    assertThat(scene.operation("web").attempt()).isEqualTo(2);
    assertThat(plan("web")).isEqualTo("large");
  }

  @Test
  void what_was_stuck_is_helped_by_the_edit_without_waiting_for_the_end_of_the_try() {
    scene.world.stuck.add("web");
    scene.apply(SERVER.formatted("small") + "retry: {maxAttempts: 3, backoff: {initial: 5m}}");
    scene.settle(Duration.ofMinutes(1));
    scene.world.stuck.clear();

    scene.apply(SERVER.formatted("large")).settle();

    assertThat(scene.status.orElseThrow().phase()).isEqualTo(Phase.Succeeded);
  }

  @Test
  void what_was_edited_when_all_of_it_was_there_has_succeeded() {
    scene.apply(SERVER.formatted("small")).settle(Duration.ofSeconds(2));
    scene.now = scene.now.plusSeconds(60); // it became well meanwhile

    scene.apply(SERVER.formatted("large")).settle();

    assertThat(scene.operation("web").phase()).isEqualTo(OperationPhase.Succeeded);
    assertThat(plan("web")).isEqualTo("small");
  }

  @Test
  void machines_that_an_edit_left_out_are_taken_back_too() {
    scene.apply(SERVERS.formatted("a, b", "small")).settle(Duration.ofSeconds(2));
    scene.apply(SERVERS.formatted("b, c", "small")).settle();
    assertThat(scene.operation("web").children()).extracting(Child::name).contains("a", "b", "c");

    scene.apply(SERVERS.formatted("b, c", "small") + "rollback: {requested: true}").settle();

    assertThat(scene.status.orElseThrow().phase()).isEqualTo(Phase.RolledBack);
    assertThat(scene.world.things).isEmpty();
  }

  @Test
  void an_approved_script_that_did_not_begin_everywhere_is_asked_for_again_in_its_new_text() {
    machines("a", "b");
    everythingNeedsApproval();
    scene.world.asleep.add("b");
    scene.apply(SCRIPT.formatted("old", "a, b", true)).pass();
    approveShown();
    scene.settle(Duration.ofSeconds(10));

    scene.apply(SCRIPT.formatted("new", "a, b", true)).settle(Duration.ofMinutes(1));
    assertThat(scene.world.effects).containsOnlyKeys("script smoke a");
    scene.world.asleep.clear();
    scene.settle();
    assertThat(scene.condition("Reconciling").reason()).isEqualTo("ApprovalRequired");
    approveShown();
    scene.settle();

    assertThat(scene.status.orElseThrow().phase()).isEqualTo(Phase.Succeeded);
    assertThat(scene.world.effects)
        .containsOnly(entry("script smoke a", 1), entry("script smoke b", 1));
  }

  @Test
  void
      a_script_that_an_edit_kept_from_one_machine_has_not_succeeded_though_the_edit_is_taken_back() {
    machines("a", "b");
    scene.world.asleep.add("a");
    scene.world.slow.add("b");
    scene.apply(SCRIPT.formatted("old", "a, b", true)).settle(Duration.ofSeconds(2));
    scene.apply(SCRIPT.formatted("new", "a, b", true));
    scene.world.asleep.clear();
    scene.settle(Duration.ofSeconds(15));
    assertThat(scene.world.effects).containsOnlyKeys("script smoke b");

    scene.apply(SCRIPT.formatted("old", "a, b", true)).settle();

    assertThat(scene.status.orElseThrow().phase()).isEqualTo(Phase.Succeeded);
    assertThat(scene.world.effects)
        .containsOnly(entry("script smoke a", 1), entry("script smoke b", 1));
  }

  @Test
  void a_script_under_way_everywhere_comes_to_its_end() {
    machines("a");
    scene.apply(SCRIPT.formatted("old", "a", false)).settle(Duration.ofSeconds(1));

    scene.apply(SCRIPT.formatted("new", "a", false)).settle();

    assertThat(scene.operation("smoke").phase()).isEqualTo(OperationPhase.Succeeded);
    assertThat(scene.operation("smoke").attempt()).isEqualTo(1);
    assertThat(scene.world.effects).containsEntry("script smoke a", 1);
  }

  @Test
  void a_resume_is_no_edit() {
    machines("a");
    scene.apply(SCRIPT.formatted("old", "a", false)).settle(Duration.ofSeconds(1));

    scene.apply(SCRIPT.formatted("old", "a", false) + "resume: {token: again}").settle();

    assertThat(scene.operation("smoke").attempt()).isEqualTo(1);
    assertThat(scene.status.orElseThrow().phase()).isEqualTo(Phase.Succeeded);
  }

  @Test
  void a_script_that_failed_on_one_machine_while_it_ran_on_another_has_failed() {
    machines("a", "b");
    scene.world.slow.add("b");
    scene.world.failing.add("smoke a");
    scene.apply(SCRIPT.formatted("old", "a, b", false) + "onFailure: Stop").settle();

    assertThat(scene.operation("smoke").phase()).isEqualTo(OperationPhase.Failed);
    assertThat(scene.operation("smoke").message())
        .isEqualTo("script on a ended with exit 1: no such file");
    assertThat(scene.operation("smoke").servers())
        .containsExactly(
            new ScriptTarget("a", TargetPhase.Failed),
            new ScriptTarget("b", TargetPhase.Succeeded));
  }

  @Test
  void a_name_that_another_type_of_operation_took_is_cancelled_and_its_effects_are_taken_back() {
    machines("a");
    scene.apply(SERVER.formatted("small")).settle(Duration.ofSeconds(2));
    String other = SCRIPT.formatted("x", "a", true).replace("smoke", "web");

    scene.apply(other).settle();
    assertThat(scene.operation("web").phase()).isEqualTo(OperationPhase.Cancelled);
    scene.apply(other + "resume: {token: again}").settle();
    assertThat(scene.operation("web").message())
        .isEqualTo(
            "its name is that of another type of operation now: give that one a name of its own");
    scene.apply(other + "resume: {token: again}\nrollback: {requested: true}").settle();

    assertThat(scene.world.things).doesNotContainKey(new ChildRef(ChildKind.Server, "web"));
  }

  @Test
  void what_waits_for_another_try_after_a_resume_is_taken_back_like_what_ran() {
    scene.world.stuck.add("web");
    String stops = SERVER.formatted("small") + "onFailure: Stop\nretry: {maxAttempts: 1}\n";
    scene.apply(stops).settle();
    assertThat(scene.operation("web").phase()).isEqualTo(OperationPhase.Failed);
    everythingNeedsApproval();
    scene.apply(stops + "resume: {token: again}").settle();
    assertThat(scene.operation("web").attempt()).isNull();

    scene.apply(stops + "resume: {token: again}\nrollback: {requested: true}").settle();

    assertThat(scene.world.things).isEmpty();
    assertThat(scene.status.orElseThrow().phase()).isEqualTo(Phase.RolledBack);
  }

  @Test
  void tries_that_an_edit_ended_are_no_failed_ones() {
    String tried = "retry: {maxAttempts: 3, backoff: {initial: 5m}}";
    scene.apply(SERVER.formatted("small") + tried).settle(Duration.ofSeconds(2));
    scene.apply(SERVER.formatted("medium") + tried).settle(Duration.ofSeconds(2));
    scene.world.stuck.add("web");

    scene.apply(SERVER.formatted("large") + tried).settle(Duration.ofSeconds(2));

    assertThat(scene.operation("web").attempt()).isEqualTo(3);
    assertThat(scene.operation("web").message()).startsWith("try 1 of 3 failed: ");
  }

  @Test
  void the_answer_to_what_the_spec_said_before_is_no_answer_to_the_next_try() {
    scene.world.refusedOnce.add("web");
    scene.apply(SERVER.formatted("small")).settle(Duration.ofSeconds(2));

    scene.apply(SERVER.formatted("large")).settle();

    assertThat(scene.status.orElseThrow().phase()).isEqualTo(Phase.Succeeded);
    assertThat(plan("web")).isEqualTo("large");
  }

  @Test
  void the_late_end_of_a_script_that_was_given_up_is_no_end_of_the_next_try() {
    machines("a");
    scene.world.silentOnce.add("a");
    String limited =
        SCRIPT.formatted("it", "a", true) + "  timeout: 1s\n  retry: {maxAttempts: 2}\n";
    scene.apply(limited).settle();

    assertThat(scene.operation("smoke").phase()).isEqualTo(OperationPhase.Succeeded);
    assertThat(scene.operation("smoke").attempt()).isEqualTo(2);
    assertThat(scene.world.effects).containsEntry("script smoke a", 2);
  }

  @Test
  void more_machines_than_one_operation_can_take_back_are_refused_in_words() {
    scene.apply(SERVERS.formatted(names("a"), "small")).settle(Duration.ofSeconds(2));
    scene.apply(SERVERS.formatted(names("b"), "small")).settle(Duration.ofSeconds(2));
    assertThat(scene.operation("web").children()).hasSize(200);

    scene.apply(SERVERS.formatted(names("c"), "small")).settle();

    assertThat(scene.operation("web").children()).hasSize(200);
    assertThat(scene.operation("web").message())
        .isEqualTo(
            "with what it made or changed before it was edited it would be about 300 resources,"
                + " and 200 is the most: give the new ones an operation of their own");
  }

  private static String names(String group) {
    return String.join(
        ", ", IntStream.range(0, 100).mapToObj((group + "-%02d")::formatted).toList());
  }

  private void machines(String... names) {
    for (String name : names) {
      scene.world.exists(ChildKind.Server, name);
    }
  }

  private Object plan(String name) {
    return scene.world.things.get(new ChildRef(ChildKind.Server, name)).spec.get("plan");
  }

  private void everythingNeedsApproval() {
    scene.workspace = new WorkspaceFacts("acme", true, false, OptionalInt.empty());
  }

  private void approveShown() {
    scene.annotations.put(ResourceRef.APPROVE_PLAN, scene.status.orElseThrow().plan().hash());
  }
}
