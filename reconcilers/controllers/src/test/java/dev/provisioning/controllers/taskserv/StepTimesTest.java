package dev.provisioning.controllers.taskserv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.controllers.engine.EngineMetrics;
import dev.provisioning.controllers.engine.OperationRunner;
import dev.provisioning.spi.model.OperationId;
import dev.provisioning.spi.model.OperationReport;
import dev.provisioning.spi.model.OperationReport.State;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StepTimesTest {
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final List<Object> told = new ArrayList<>();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);

  @Test
  void each_step_takes_until_the_next_one_is_seen_and_the_last_until_the_end() {
    StepTimes times = times();
    times.accept(report(State.RUNNING, "packages"));
    later(20);
    times.accept(report(State.RUNNING, "packages"));
    later(20);
    times.accept(report(State.RUNNING, "verify"));
    later(5);
    times.accept(report(State.FAILED, "verify"));
    times.ended(report(State.FAILED, "verify"));

    assertThat(seconds("packages", "ok")).isEqualTo(40);
    assertThat(seconds("verify", "failed")).isEqualTo(5);
    assertThat(told).hasSize(4);
  }

  @Test
  void an_operation_that_is_over_before_anybody_looked_tells_nothing() {
    times().ended(report(State.SUCCEEDED, "verify"));
    assertThat(meters.find("provisioning_step_duration").timers()).isEmpty();
  }

  private StepTimes times() {
    EngineMetrics metrics = new EngineMetrics(meters, new OperationRunner(1, clock));
    return new StepTimes(new StepTimes.Meter(metrics, clock), "redis", told::add);
  }

  private void later(int seconds) {
    now = now.plus(Duration.ofSeconds(seconds));
  }

  private double seconds(String step, String result) {
    return meters
        .get("provisioning_step_duration")
        .tags("definition", "redis", "phase", step, "result", result)
        .timer()
        .totalTime(TimeUnit.SECONDS);
  }

  private static OperationReport report(State state, String step) {
    return new OperationReport(
        new OperationId("0123456789abcdef0123456789abcdef"),
        state,
        step,
        1,
        2,
        0,
        "",
        0,
        0,
        List.of(),
        Map.of(),
        Optional.empty());
  }
}
