package dev.provisioning.controllers.engine;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** What the engine counts, by kind. */
public final class EngineMetrics {
  private final MeterRegistry registry;

  public EngineMetrics(MeterRegistry registry, OperationRunner runner) {
    this.registry = registry;
    registry.gauge("provisioning_operations_running", runner, OperationRunner::running);
  }

  /** How a pass ended. */
  public enum Result {
    UNCHANGED,
    WRITTEN,
    CONFLICT,
    ERROR
  }

  void pass(String kind, Result result, Duration took) {
    String label = result.name().toLowerCase(java.util.Locale.ROOT);
    registry.counter("provisioning_reconcile_total", "kind", kind, "result", label).increment();
    Timer.builder("provisioning_reconcile_seconds")
        .tag("kind", kind)
        .register(registry)
        .record(took);
  }

  void started(String kind, String action) {
    registry
        .counter("provisioning_actions_started_total", "kind", kind, "action", action)
        .increment();
  }
}
