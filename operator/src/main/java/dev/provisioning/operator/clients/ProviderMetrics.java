package dev.provisioning.operator.clients;

import dev.provisioning.controllers.engine.EngineMetrics;
import dev.provisioning.planning.FailurePolicy;
import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.Probe;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.function.Supplier;

/**
 * What calls of one provider type cost and how they end: {@code provisioning_provider_calls_total}
 * and {@code provisioning_provider_call_duration_seconds}. Labels are the type, the method of the
 * port, and {@code ok} or the failure's label of {@link FailurePolicy}; {@code throttled} apart.
 */
record ProviderMetrics(MeterRegistry meters, String type) {
  private static final String OK = "ok";

  <T> T call(String operation, Supplier<T> call) {
    Timer.Sample begun = Timer.start(meters);
    String outcome = "bug";
    try {
      T answer = call.get();
      outcome = OK;
      return answer;
    } catch (ProviderException e) {
      outcome = label(e.failure());
      throw e;
    } finally {
      told(operation, outcome, begun);
    }
  }

  /** A probe answers failures instead of throwing them. */
  Probe probe(Supplier<Probe> call) {
    Timer.Sample begun = Timer.start(meters);
    String outcome = "bug";
    try {
      Probe answer = call.get();
      outcome = answer.ready() ? OK : "failed";
      return answer;
    } finally {
      told("probe", outcome, begun);
    }
  }

  void fenced() {
    EngineMetrics.fenced(meters).increment();
  }

  private void told(String operation, String outcome, Timer.Sample begun) {
    meters
        .counter(
            "provisioning_provider_calls",
            "provider",
            type,
            "operation",
            operation,
            "outcome",
            outcome)
        .increment();
    begun.stop(
        EngineMetrics.timer("provisioning_provider_call_duration")
            .tag("provider", type)
            .tag("operation", operation)
            .register(meters));
  }

  private static String label(Failure failure) {
    return failure.reason().equals("Throttled")
        ? "throttled"
        : FailurePolicy.of(failure, 1, "").label();
  }
}
