package dev.provisioning.operator;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/** What probes ask: {@code /q/health/started}, {@code /live}, {@code /ready}. */
@ApplicationScoped
public class HealthChecks {
  private final Starter starter;

  public HealthChecks(Starter starter) {
    this.starter = starter;
  }

  @Produces
  @Startup
  HealthCheck started() {
    return () -> answer("started", starter.composition().isPresent());
  }

  /** True while starting too: that is the startup probe's business. */
  @Produces
  @Liveness
  HealthCheck live() {
    return () -> answer("scheduler", starter.composition().map(Composition::alive).orElse(true));
  }

  @Produces
  @Readiness
  HealthCheck ready() {
    return () -> answer("caches", starter.composition().map(Composition::ready).orElse(false));
  }

  private static HealthCheckResponse answer(String name, boolean up) {
    return HealthCheckResponse.builder().name(name).status(up).build();
  }
}
