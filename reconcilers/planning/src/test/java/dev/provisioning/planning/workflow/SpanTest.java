package dev.provisioning.planning.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.workflow.OperationPhase;
import dev.provisioning.api.workflow.OperationStatus;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SpanTest {
  private static final String LIMITED =
      """
      timeout: 10m
      operations:
      - {name: web, server: {plan: small}}
      """;

  private final Scene scene = new Scene().apply(LIMITED);
  private final Instant start = scene.now;

  @Test
  void time_begins_with_the_first_operation_not_with_the_workflow() {
    assertThat(span(false).startedAt()).isEmpty();
    assertThat(span(false).deadline()).isEmpty();
  }

  @Test
  void it_is_too_late_exactly_at_the_deadline() {
    scene.pass();

    scene.now = start.plus(Duration.ofMinutes(10)).minusMillis(1);
    assertThat(span(false).deadline()).contains(start.plus(Duration.ofMinutes(10)));
    assertThat(span(false).timedOut()).isFalse();

    scene.now = start.plus(Duration.ofMinutes(10));
    assertThat(span(false).timedOut()).isTrue();
  }

  @Test
  void a_resumed_workflow_has_all_its_time_again() {
    scene.pass();
    scene.now = start.plus(Duration.ofHours(1));

    assertThat(span(true).startedAt()).contains(scene.now);
    assertThat(span(true).timedOut()).isFalse();
  }

  @Test
  void what_is_over_cannot_be_too_late() {
    scene.pass();
    scene.now = start.plus(Duration.ofHours(1));
    Operations done =
        Operations.recorded(scene.input()).each(each -> each.withPhase(OperationPhase.Succeeded));

    assertThat(done.all()).extracting(OperationStatus::attempt).containsExactly(1);
    assertThat(new Span(scene.input(), done, false).timedOut()).isFalse();
  }

  private Span span(boolean restarted) {
    WorkflowInput input = scene.input();
    return new Span(input, Operations.recorded(input), restarted);
  }
}
