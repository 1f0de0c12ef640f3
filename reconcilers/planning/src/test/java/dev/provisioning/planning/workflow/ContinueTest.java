package dev.provisioning.planning.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.workflow.DependencyType;
import dev.provisioning.api.workflow.OperationPhase;
import dev.provisioning.planning.Conditions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A failed operation, and what becomes of those that depend on it. */
class ContinueTest {
  private static final String CACHE_FAILS =
      """
      operations:
      - {name: cache, server: {}}
      - {name: app, dependsOn: [{name: cache, type: Soft}], server: {}}
      - {name: warm-up, dependsOn: [{name: cache}], server: {}}
      - {name: report, dependsOn: [{name: app}, {name: warm-up}], server: {}}
      - {name: tidy-up, dependsOn: [{name: report, type: Soft}], server: {}}
      """;

  private final Scene scene = new Scene();

  @Test
  void what_needs_it_is_skipped_with_the_reason_and_what_only_comes_after_it_runs() {
    scene.world.stuck.add("cache");
    scene.apply("onFailure: Continue\n" + CACHE_FAILS).settle();

    assertThat(told())
        .containsExactly(
            "cache Failed NoCapacity: Server cache: no capacity in any zone",
            "app Succeeded",
            "warm-up Skipped DependencyFailed: cache failed",
            "report Skipped DependencyFailed: warm-up was skipped",
            "tidy-up Succeeded");
    assertThat(scene.condition(Conditions.READY).message())
        .isEqualTo(
            "operation cache failed after 3 tries: Server cache: no capacity in any zone;"
                + " a new resume.token tries it again");
  }

  @Test
  void what_only_comes_after_it_waits_until_its_last_try_is_over() {
    scene.world.stuck.add("cache");
    scene.apply("onFailure: Continue\n" + CACHE_FAILS).settle();

    assertThat(scene.operation("cache").attempt()).isEqualTo(3);
    assertThat(scene.operation("app").startedAt()).isEqualTo(scene.operation("cache").finishedAt());
  }

  @Test
  void with_a_cancelled_one_as_with_a_failed_one() {
    scene.apply("onFailure: Continue\n" + CACHE_FAILS).pass();
    scene.apply(
        "onFailure: Continue\n"
            + CACHE_FAILS.replace("cache, server: {}", "cache, wait: {duration: 1s}"));
    scene.settle();

    assertThat(scene.operation("cache").phase()).isEqualTo(OperationPhase.Cancelled);
    assertThat(told())
        .contains(
            "app Succeeded",
            "warm-up Skipped DependencyFailed: cache was cancelled",
            "tidy-up Succeeded");
  }

  @ParameterizedTest
  @EnumSource(names = {"Hard", "Soft"})
  void stop_begins_nothing_more_however_it_depends(DependencyType type) {
    scene.world.stuck.add("cache");
    scene
        .apply(
            """
            onFailure: Stop
            operations:
            - {name: cache, server: {}}
            - {name: app, dependsOn: [{name: cache, type: %s}], server: {}}
            """
                .formatted(type))
        .settle();

    assertThat(scene.operation("app").attempt()).isNull();
  }

  @Test
  void resumed_the_skipped_ones_run_after_all_and_what_succeeded_does_not_again() {
    scene.world.stuck.add("cache");
    scene.apply("onFailure: Continue\n" + CACHE_FAILS).settle();
    scene.world.stuck.clear();
    scene.apply("onFailure: Continue\nresume: {token: again}\n" + CACHE_FAILS).settle();

    assertThat(told())
        .containsExactly(
            "cache Succeeded",
            "app Succeeded",
            "warm-up Succeeded",
            "report Succeeded",
            "tidy-up Succeeded");
    assertThat(scene.world.effects).containsEntry("apply app app", 1);
  }

  private List<String> told() {
    return StatusLines.operations(scene.status.orElseThrow());
  }
}
