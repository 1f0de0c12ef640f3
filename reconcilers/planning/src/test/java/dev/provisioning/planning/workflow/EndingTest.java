package dev.provisioning.planning.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.workflow.OperationPhase;
import dev.provisioning.api.workflow.OperationStatus;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EndingTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Ending SKIPPED =
      new Ending(OperationPhase.Skipped, "DependencyFailed", "web failed");

  @Test
  void what_ran_ends_now_and_is_tried_no_more() {
    OperationStatus running =
        Operations.pending("web")
            .with(b -> b.phase(OperationPhase.Running).progress(40).retryAt(NOW));

    OperationStatus ended = Ending.SUCCESS.of(running, NOW);

    assertThat(ended.phase()).isEqualTo(OperationPhase.Succeeded);
    assertThat(ended.finishedAt()).isEqualTo(NOW);
    assertThat(ended.progress()).isNull();
    assertThat(ended.retryAt()).isNull();
  }

  @Test
  void what_never_ran_has_no_end_in_time() {
    OperationStatus ended = SKIPPED.of(Operations.pending("db"), NOW);

    assertThat(ended.reason()).isEqualTo("DependencyFailed");
    assertThat(ended.message()).isEqualTo("web failed");
    assertThat(ended.finishedAt()).isNull();
  }

  @Test
  void a_long_message_is_shortened_to_what_a_status_may_hold() {
    Ending ending = new Ending(OperationPhase.Failed, "Failed", "x".repeat(2_000));

    assertThat(ending.of(Operations.pending("db"), NOW).message()).hasSize(500).endsWith("…");
  }
}
