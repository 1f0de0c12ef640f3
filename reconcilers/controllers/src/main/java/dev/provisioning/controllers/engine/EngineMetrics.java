package dev.provisioning.controllers.engine;

import dev.provisioning.planning.Action;
import dev.provisioning.planning.FailurePolicy;
import dev.provisioning.planning.Ledger;
import dev.provisioning.spi.model.Failure;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;

/** What the engine counts. Labels are kinds, names of actions and words of closed sets. */
public final class EngineMetrics {
  private static final Duration[] BUCKETS =
      java.util.stream.Stream.of(5, 25, 100, 500, 1_000, 5_000, 30_000, 120_000, 600_000)
          .map(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final MeterRegistry registry;
  private final Counter fenced;

  public EngineMetrics(MeterRegistry registry, OperationRunner runner) {
    this.registry = registry;
    this.fenced = fenced(registry);
    registry.gauge("provisioning_operations_running", runner, OperationRunner::running);
  }

  /** A timer over durations from milliseconds to ten minutes; ask for it anew at each use. */
  public static Timer.Builder timer(String name) {
    return Timer.builder(name).serviceLevelObjectives(BUCKETS);
  }

  /**
   * What a leader that is not one any more wanted to do, and did not. It is alarmed on: 0 first.
   */
  public static Counter fenced(MeterRegistry registry) {
    return registry.counter("provisioning_stale_epoch_rejections");
  }

  /** How a pass ended. */
  public enum Result {
    /** A status was written. */
    CHANGED,
    /** There was nothing to say. */
    UNCHANGED,
    /** Somebody was faster, or this process does not lead: the next pass looks again. */
    WAITING,
    /** An exception: a defect, or an API server that does not answer. */
    FAILED
  }

  /** Counters that are alarmed on begin at nothing, not at their first failure. */
  public void begin(String kind) {
    for (Result result : Result.values()) {
      passes(kind, result);
    }
  }

  void pass(String kind, Result result, Duration took) {
    passes(kind, result).increment();
    timer("provisioning_reconcile_duration").tag("kind", kind).register(registry).record(took);
  }

  private Counter passes(String kind, Result result) {
    String outcome = result.name().toLowerCase(Locale.ROOT);
    return registry.counter("provisioning_reconcile", "kind", kind, "outcome", outcome);
  }

  /** Something stands in the way of a resource; counted when its status begins to say so. */
  void failure(String kind, Failure failure) {
    String label = FailurePolicy.of(failure, 1, "").label();
    registry.counter("provisioning_failures", "kind", kind, "failure", label).increment();
  }

  void rejected() {
    fenced.increment();
  }

  void ended(Action action, Ledger.Outcome outcome, Duration took) {
    String result =
        switch (outcome) {
          case Ledger.Succeeded ok -> "ok";
          case Ledger.Failed failed -> FailurePolicy.of(failed.failure(), 1, "").label();
        };
    timer("provisioning_operation_duration")
        .tag("type", action.name())
        .tag("result", result)
        .register(registry)
        .record(took);
  }

  /** A step of a service on a machine ended, as far as can be seen from here. */
  public void step(String definition, String step, boolean ok, Duration took) {
    timer("provisioning_step_duration")
        .tag("definition", definition)
        .tag("phase", step)
        .tag("result", ok ? "ok" : "failed")
        .register(registry)
        .record(took);
  }
}
