package dev.provisioning.operator;

import dev.provisioning.operator.clients.SimulatedClouds;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds the one {@link Composition} of this process between start and stop. */
@ApplicationScoped
public class Starter {
  private static final Logger LOG = LoggerFactory.getLogger(Starter.class);
  private static final int RETRIES = 3;
  private static final int CONNECT_MILLIS = 5_000;

  private final OperatorConfig config;
  private final MeterRegistry meters;
  private volatile Composition composition;
  private volatile ApiServer api;

  public Starter(OperatorConfig config, MeterRegistry meters) {
    this.config = config;
    this.meters = meters;
  }

  /**
   * @param lost what follows when this operator must not act any more
   * @throws Refusal when this cluster cannot be worked in
   */
  void start(Runnable lost) {
    Config kube =
        new ConfigBuilder(Config.autoConfigure(null))
            .withRequestRetryBackoffLimit(RETRIES)
            .withConnectionTimeout(CONNECT_MILLIS)
            .build();
    Clock clock = Clock.systemUTC();
    api = ApiServer.connect(kube, meters);
    composition =
        new Composition(config, new Outside(api, new SimulatedClouds(clock), meters, clock, lost));
    LOG.info(
        "working in {} of {}",
        config.namespaces().map(names -> "namespaces " + names).orElse("all namespaces"),
        api.client().getMasterUrl());
  }

  Optional<Composition> composition() {
    return Optional.ofNullable(composition);
  }

  /** Returns when all is told and the lease given back; twice is as once. */
  void stop(@Observes ShutdownEvent event) {
    Composition running = composition;
    composition = null;
    if (running != null) {
      running.close();
    }
    ApiServer connected = api;
    api = null;
    if (connected != null) {
      connected.close();
    }
  }
}
