package dev.provisioning.planning.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.workflow.ChildKind;
import dev.provisioning.api.workflow.OperationPhase;
import dev.provisioning.api.workflow.Phase;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Workflows beside each other. */
class PlacesTest {
  private static final String THREE =
      """
      parallelism: 2
      operations:
      - {name: a, server: {plan: small}}
      - {name: b, server: {plan: small}}
      - {name: c, server: {plan: small}}
      """;

  private final Scene scene = new Scene();

  @Test
  void one_that_may_not_begin_holds_no_place_for_itself() {
    scene.apply(THREE + "mode: Plan").settle();
    assertThat(waiting()).isZero();
    scene.apply(THREE + "suspend: true").settle();
    assertThat(waiting()).isZero();
  }

  @Test
  void one_without_a_place_waits_for_as_many_as_it_may_have_at_once() {
    scene.workspace = new WorkspaceFacts("acme", false, false, OptionalInt.of(1));
    scene.others = List.of(new Surroundings.Other("earlier", "uid-earlier", 1, 0, true, true));
    scene.apply(THREE).settle();

    assertThat(scene.status.orElseThrow().progress().ready()).isEqualTo(3);
    assertThat(waiting()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"true, 1", "false, 2"})
  void a_place_for_which_another_waits_is_left_to_it_if_it_comes_before(
      boolean before, int running) {
    scene.workspace = new WorkspaceFacts("acme", false, false, OptionalInt.of(2));
    scene.others = List.of(new Surroundings.Other("other", "uid-other", 0, 1, before, before));
    scene.apply(THREE).settle(Duration.ZERO);

    assertThat(scene.status.orElseThrow().progress().running()).isEqualTo(running);
  }

  @Test
  void what_another_workflow_changes_under_the_same_name_is_left_to_it_until_it_is_over() {
    FakeWorld.Thing web = scene.world.exists(ChildKind.Server, "a");
    web.annotations.put(Marks.OPERATION + "a", "uid-earlier/0123456789abcdef");
    scene.others = List.of(new Surroundings.Other("earlier", "uid-earlier", 0, 0, true, true));
    scene.apply(THREE).settle(Duration.ofMinutes(5));

    assertThat(scene.operation("a").message())
        .isEqualTo("waits until BatchWorkflow earlier, which changed Server a, is over");
    scene.others = List.of();
    scene.settle();
    assertThat(scene.status.orElseThrow().phase()).isEqualTo(Phase.Succeeded);
  }

  @Test
  void a_script_for_more_machines_than_one_record_holds_is_refused_in_words() {
    IntStream.range(0, 257)
        .mapToObj("m-%03d"::formatted)
        .forEach(name -> scene.world.exists(ChildKind.Server, name).labels.put("all", "yes"));
    scene
        .apply(
            """
            operations:
            - {name: smoke, script: {run: 'test', servers: {selector: {matchLabels: {all: "yes"}}}}}
            """)
        .settle();

    assertThat(scene.operation("smoke").message())
        .isEqualTo(
            "the selector chooses 257 Servers, and a script runs on 256 at most: choose them in"
                + " parts");
  }

  @Test
  void what_hundreds_of_failures_say_still_fits_into_one_object() {
    String names =
        IntStream.range(0, 300)
            .mapToObj("- {name: s%03d, script: {run: 'test', servers: {names: [m]}}}"::formatted)
            .collect(Collectors.joining("\n"));
    scene.world.exists(ChildKind.Server, "m");
    IntStream.range(0, 300).mapToObj("s%03d"::formatted).forEach(scene.world.failing::add);
    scene.apply("onFailure: Continue\nparallelism: 100\noperations:\n" + names).settle();

    assertThat(scene.operation("s000").logTail()).isNotEmpty();
    assertThat(scene.operation("s299").phase()).isEqualTo(OperationPhase.Failed);
    assertThat(scene.operation("s299").logTail()).isEmpty();
    assertThat(scene.operation("s299").message())
        .isEqualTo("script on m ended with exit 1: no such file");
  }

  @Test
  void what_only_waits_takes_no_place_and_what_is_taken_back_takes_one() {
    String some =
        """
        operations:
        - {name: go, approval: {message: "go?"}}
        - {name: night, wait: {duration: 12h}}
        - {name: web, server: {plan: small}}
        """;
    scene.apply(some).pass();
    assertThat(scene.status.orElseThrow().progress().running()).isEqualTo(3);
    assertThat(scene.status.orElseThrow().progress().places()).isEqualTo(1);
    scene.settle(Duration.ofHours(1));
    assertThat(scene.status.orElseThrow().progress().places()).isZero();

    scene.apply(some + "rollback: {requested: true}").pass();

    assertThat(scene.status.orElseThrow().progress().running()).isZero();
    assertThat(scene.status.orElseThrow().progress().places()).isEqualTo(1);
  }

  @Test
  void one_that_is_refused_reserves_no_place() {
    scene.workspace = new WorkspaceFacts("acme", false, false, OptionalInt.of(1));
    scene.others = List.of(new Surroundings.Other("earlier", "uid-earlier", 1, 0, true, true));
    scene.apply(THREE).settle();
    scene.apply(THREE.replace("name: a,", "name: a, dependsOn: [{name: a}],")).settle();

    assertThat(scene.condition("Stalled").message()).startsWith("operations wait for each other");
    assertThat(waiting()).isZero();
  }

  @Test
  void one_that_a_failure_stopped_reserves_no_place() {
    scene.world.stuck.add("a");
    scene.apply(THREE + "retry: {maxAttempts: 1}").settle(Duration.ofSeconds(5));

    assertThat(scene.operation("a").phase()).isEqualTo(OperationPhase.Failed);
    assertThat(scene.operation("b").phase()).isEqualTo(OperationPhase.Running);
    assertThat(scene.operation("c").phase()).isEqualTo(OperationPhase.Ready);
    assertThat(waiting()).isZero();
  }

  @Test
  void who_has_the_places_is_said_forwards_and_backwards() {
    scene.apply(THREE).settle();
    scene.workspace = new WorkspaceFacts("acme", false, false, OptionalInt.of(1));
    scene.others = List.of(new Surroundings.Other("earlier", "uid-earlier", 1, 0, true, true));
    scene.apply(THREE + "- {name: d, server: {plan: small}}").settle();
    assertThat(scene.condition("Ready").message())
        .isEqualTo("d waits for a place: BatchWorkflow earlier has it");

    scene.apply(THREE + "rollback: {requested: true}").settle();

    assertThat(scene.condition("Ready").message())
        .isEqualTo("c waits for a place to be taken back: BatchWorkflow earlier has it");
    assertThat(waiting()).isEqualTo(2);
  }

  @Test
  void of_two_workflows_only_the_later_waits_for_the_other() {
    FakeWorld.Thing web = scene.world.exists(ChildKind.Server, "a");
    web.annotations.put(Marks.OPERATION + "a", "uid-later/0123456789abcdef");
    scene.others = List.of(new Surroundings.Other("later", "uid-later", 0, 0, true, false));
    scene.apply(THREE).settle();

    assertThat(scene.status.orElseThrow().phase()).isEqualTo(Phase.Succeeded);
  }

  @Test
  void what_waits_for_another_workflow_has_not_begun_and_takes_no_place() {
    FakeWorld.Thing web = scene.world.exists(ChildKind.Server, "a");
    web.annotations.put(Marks.OPERATION + "a", "uid-earlier/0123456789abcdef");
    scene.others = List.of(new Surroundings.Other("earlier", "uid-earlier", 0, 0, true, true));
    scene.apply(THREE.replace("parallelism: 2", "parallelism: 1")).settle(Duration.ofHours(3));

    assertThat(scene.operation("a").phase()).isEqualTo(OperationPhase.Ready);
    assertThat(scene.operation("a").attempt()).isNull();
    assertThat(scene.operation("c").phase()).isEqualTo(OperationPhase.Succeeded);
    assertThat(waiting()).isZero();
    assertThat(scene.condition("Ready").message())
        .isEqualTo("a waits until BatchWorkflow earlier, which changed Server a, is over");
    scene.others = List.of();
    scene.settle();
    assertThat(scene.operation("a").message()).isNull();
  }

  @Test
  void a_script_that_an_edit_sends_to_more_machines_than_one_record_holds_has_not_succeeded() {
    machines("old", 200);
    machines("new", 100);
    scene.world.failing.add("smoke old-000");
    String script =
        """
        operations:
        - name: smoke
          retry: {maxAttempts: 2, backoff: {initial: 5m}}
          script: {run: 'test', idempotent: true, servers: {selector: {matchLabels: {group: %s}}}}
        """;
    scene.apply(script.formatted("old")).settle(Duration.ofMinutes(1));

    scene.apply(script.formatted("new")).settle();

    assertThat(scene.operation("smoke").phase()).isEqualTo(OperationPhase.Failed);
    assertThat(scene.operation("smoke").message())
        .isEqualTo(
            "the script is for 100 Servers, and ran or was to run on 200 others before; one"
                + " operation keeps 256 at most: choose them in parts");
  }

  private void machines(String group, int count) {
    IntStream.range(0, count)
        .mapToObj((group + "-%03d")::formatted)
        .forEach(name -> scene.world.exists(ChildKind.Server, name).labels.put("group", group));
  }

  private int waiting() {
    return WorkflowNeeds.waiting(scene.spec, scene.status.orElseThrow().progress());
  }
}
