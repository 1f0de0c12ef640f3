package dev.provisioning.controllers.taskserv;

import dev.provisioning.controllers.engine.EngineMetrics;
import dev.provisioning.spi.model.OperationReport;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * How long the steps of one operation take, by when their progress arrives. A step too short to be
 * seen is not told; of one that ran before we looked, the part that we saw.
 */
final class StepTimes implements Consumer<Object> {
  private final EngineMetrics metrics;
  private final Clock clock;
  private final String definition;
  private final Consumer<Object> next;
  private String step = "";
  private Instant since;

  /** {@code next} is told everything that this is told. */
  StepTimes(Meter meter, String definition, Consumer<Object> next) {
    this.metrics = meter.metrics();
    this.clock = meter.clock();
    this.definition = definition;
    this.next = next;
    this.since = clock.instant();
  }

  /** What times are taken with. */
  record Meter(EngineMetrics metrics, Clock clock) {}

  @Override
  public void accept(Object progress) {
    if (progress instanceof OperationReport report
        && report.state() == OperationReport.State.RUNNING
        && !report.step().equals(step)) {
      end(true);
      step = report.step();
      since = clock.instant();
    }
    next.accept(progress);
  }

  /** The operation ended; its last step with it. */
  OperationReport ended(OperationReport report) {
    end(report.state() == OperationReport.State.SUCCEEDED);
    step = "";
    return report;
  }

  private void end(boolean ok) {
    if (!step.isEmpty()) {
      metrics.step(definition, step, ok, Duration.between(since, clock.instant()));
    }
  }
}
