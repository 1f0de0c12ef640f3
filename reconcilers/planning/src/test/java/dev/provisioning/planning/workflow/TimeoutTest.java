package dev.provisioning.planning.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.workflow.ChildKind;
import dev.provisioning.api.workflow.OperationPhase;
import dev.provisioning.api.workflow.OperationStatus;
import dev.provisioning.api.workflow.Phase;
import dev.provisioning.api.workflow.UndoPhase;
import dev.provisioning.planning.Conditions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The time that one operation may take, forwards and backwards. */
class TimeoutTest {
  private final Scene scene = new Scene();
  private final Instant start = scene.now;

  @Test
  void a_try_that_takes_too_long_has_failed_and_says_what_it_waited_for() {
    scene
        .apply(
            """
            retry: {maxAttempts: 1}
            operations:
            - {name: web, timeout: 4s, server: {}}
            """)
        .settle();

    OperationStatus web = scene.operation("web");
    assertThat(web.phase()).isEqualTo(OperationPhase.Failed);
    assertThat(web.reason()).isEqualTo("TimedOut");
    assertThat(web.message()).isEqualTo("it took longer than 4s: Server web: it is being made");
    assertThat(web.finishedAt()).isEqualTo(start.plusSeconds(4));
  }

  @Test
  void the_next_try_has_all_the_time_again_and_finds_what_the_last_one_began() {
    scene.apply("operations:\n- {name: web, timeout: 6s, server: {}}\n").settle();

    assertThat(scene.operation("web").phase()).isEqualTo(OperationPhase.Succeeded);
    assertThat(scene.operation("web").attempt()).isEqualTo(2);
    assertThat(scene.world.effects).containsEntry("apply web web", 1);
  }

  /** It would have an hour, were nothing said. */
  @ParameterizedTest
  @CsvSource({"4s, 4s", "90m, 1h30m", ", 1h"})
  void the_limit_is_told_as_people_write_it(String timeout, String told) {
    scene.world.asking.add("web");
    String limit = timeout == null ? "" : "timeout: %s, ".formatted(timeout);
    scene.apply("retry: {maxAttempts: 1}\noperations:\n- {name: web, " + limit + "server: {}}\n");
    scene.settle();

    assertThat(scene.operation("web").message()).startsWith("it took longer than " + told + ":");
  }

  /** A script ends itself on its machine; one that never answers has a minute more. */
  @ParameterizedTest
  @CsvSource({"false, 1", "true, 3"})
  void a_script_that_is_not_idempotent_is_not_tried_again(boolean idempotent, int attempts) {
    scene.world.exists(ChildKind.Server, "web");
    scene.world.asleep.add("web");
    scene
        .apply(
            """
            operations:
            - {name: smoke, timeout: 30s, script: {servers: {names: [web]}, run: ok, idempotent: %s}}
            """
                .formatted(idempotent))
        .settle(Duration.ofSeconds(89));
    assertThat(scene.operation("smoke").phase()).isEqualTo(OperationPhase.Running);
    scene.settle();

    assertThat(scene.operation("smoke").attempt()).isEqualTo(attempts);
    assertThat(scene.operation("smoke").message())
        .isEqualTo("it took longer than 30s: on web: HTTP 503");
  }

  @Test
  void a_person_may_take_any_time_unless_a_time_is_said() {
    String ask = "operations:\n- {name: ask, %sapproval: {message: \"go on?\"}}\n";
    scene.apply(ask.formatted("")).settle();
    scene.now = start.plus(Duration.ofDays(30));
    scene.settle();
    assertThat(scene.operation("ask").phase()).isEqualTo(OperationPhase.Running);

    Scene hurried = new Scene().apply("retry: {maxAttempts: 1}\n" + ask.formatted("timeout: 1h, "));
    hurried.settle();
    assertThat(hurried.operation("ask").reason()).isEqualTo("TimedOut");
  }

  @Test
  void an_undo_that_takes_too_long_stops_the_rollback_and_a_resume_goes_on_with_it() {
    String workflow =
        """
        operations:
        - {name: web, timeout: 30s, server: {}}
        - {name: smoke, timeout: 30s, dependsOn: [{name: web}], script: {servers: {names: [web]}, run: ok, rollback: undo}}
        """;
    scene.apply(workflow).settle();
    scene.world.asleep.add("web");
    scene.apply("rollback: {requested: true}\n" + workflow).settle();

    assertThat(scene.operation("smoke").undo().phase()).isEqualTo(UndoPhase.Failed);
    assertThat(scene.operation("smoke").reason()).isEqualTo("TimedOut");
    assertThat(scene.status.orElseThrow().phase()).isEqualTo(Phase.Failed);
    assertThat(scene.status.orElseThrow().rollback().failed()).isEqualTo(1);
    assertThat(scene.condition(Conditions.READY).message())
        .isEqualTo(
            "the undo of smoke failed: the undo took longer than it may: on web: HTTP 503;"
                + " a new resume.token tries it again");
    assertThat(scene.world.things).as("what it needs stays").hasSize(1);

    scene.world.asleep.clear();
    scene.apply("rollback: {requested: true}\nresume: {token: again}\n" + workflow).settle();
    assertThat(scene.status.orElseThrow().phase()).isEqualTo(Phase.RolledBack);
    assertThat(scene.world.things).isEmpty();
  }
}
