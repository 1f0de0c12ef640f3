package dev.provisioning.operator;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
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
  private volatile KubernetesClient client;

  public Starter(OperatorConfig config, MeterRegistry meters) {
    this.config = config;
    this.meters = meters;
  }

  /**
   * @throws Refusal when this cluster cannot be worked in
   */
  void start() {
    Config kube =
        new ConfigBuilder(Config.autoConfigure(null))
            .withRequestRetryBackoffLimit(RETRIES)
            .withConnectionTimeout(CONNECT_MILLIS)
            .build();
    client = new KubernetesClientBuilder().withConfig(kube).build();
    composition = new Composition(config, client, meters, Clock.systemUTC());
    LOG.info(
        "working in {} of {}",
        config.namespaces().map(names -> "namespaces " + names).orElse("all namespaces"),
        client.getMasterUrl());
  }

  Optional<Composition> composition() {
    return Optional.ofNullable(composition);
  }

  void stop() {
    Composition running = composition;
    composition = null;
    if (running != null) {
      running.close();
    }
    if (client != null) {
      client.close();
    }
  }
}
