package dev.provisioning.planning.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.workflow.OperationPhase;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How long what has no effect of its own may take. */
class PatienceTest {
  private final Scene scene = new Scene();

  @Test
  void a_condition_that_never_comes_true_is_waited_for_an_hour() {
    scene.world.stuck.add("web");

    scene
        .apply(
            """
            retry: {maxAttempts: 1}
            operations:
            - {name: seen, wait: {condition: {kind: Server, name: web}}}
            """)
        .settle(Duration.ofMinutes(70));

    assertThat(scene.operation("seen").phase()).isEqualTo(OperationPhase.Failed);
    assertThat(scene.operation("seen").attempt()).isEqualTo(1);
    assertThat(scene.operation("seen").reason()).isEqualTo("TimedOut");
    assertThat(scene.operation("seen").message()).isEqualTo("it took longer than 1h: not yet");
  }

  @Test
  void a_pause_of_more_than_an_hour_comes_to_its_end() {
    scene
        .apply(
            """
            operations:
            - {name: pause, wait: {duration: 90m}}
            """)
        .settle();

    assertThat(scene.operation("pause").phase()).isEqualTo(OperationPhase.Succeeded);
    assertThat(scene.operation("pause").attempt()).isEqualTo(1);
  }

  @Test
  void nobody_has_to_answer_within_an_hour() {
    scene
        .apply(
            """
            operations:
            - {name: go-live, approval: {message: "switch traffic?"}}
            """)
        .settle(Duration.ofDays(3));

    assertThat(scene.operation("go-live").phase()).isEqualTo(OperationPhase.Running);
  }
}
