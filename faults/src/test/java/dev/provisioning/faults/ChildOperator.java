package dev.provisioning.faults;

import dev.provisioning.api.DurationText;
import dev.provisioning.operator.ApiServer;
import dev.provisioning.operator.Composition;
import dev.provisioning.operator.OperatorConfig;
import dev.provisioning.operator.Outside;
import dev.provisioning.operator.ThreadRoom;
import dev.provisioning.operator.clients.SimulatedClouds;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.logging.ConsoleHandler;
import java.util.logging.Logger;

/** The composition of the product in a process that can be killed; settings as in the product. */
final class ChildOperator {
  private ChildOperator() {}

  /** Runs until its standard input ends: no child outlives the harness. */
  public static void main(String[] arguments) throws IOException {
    ThreadRoom.claim();
    // Outside of Quarkus nobody tells its log manager where to write.
    Logger.getLogger("").addHandler(new ConsoleHandler());
    OperatorConfig config =
        new SmallRyeConfigBuilder()
            .addDefaultSources()
            .withMapping(OperatorConfig.class)
            .withConverter(Duration.class, 200, DurationText::parse)
            .build()
            .getConfigMapping(OperatorConfig.class);
    Config kube =
        new ConfigBuilder(Config.autoConfigure(null))
            .withRequestRetryBackoffLimit(3)
            .withConnectionTimeout(5_000)
            .build();
    Clock clock = Clock.systemUTC();
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    try (ApiServer api = ApiServer.connect(kube, meters);
        Composition operator =
            new Composition(
                config,
                new Outside(
                    api, new SimulatedClouds(clock), meters, clock, () -> System.exit(1)))) {
      System.out.println("ready: " + operator.ready());
      while (System.in.read() >= 0) {
        // Nobody says anything; the end is what counts.
      }
    }
    System.exit(0);
  }
}
