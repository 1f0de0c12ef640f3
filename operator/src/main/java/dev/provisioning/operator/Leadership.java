package dev.provisioning.operator;

import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether this process is the one that acts; metric {@code provisioning_leader}. */
final class Leadership {
  private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

  private final AtomicInteger leading = new AtomicInteger();

  Leadership(MeterRegistry meters) {
    meters.gauge("provisioning_leader", leading);
  }

  LeaderCallbacks callbacks() {
    return new LeaderCallbacks(
        this::onStartLeading, this::onStopLeading, leader -> LOG.info("{} is leading", leader));
  }

  void onStartLeading() {
    leading.set(1);
  }

  private void onStopLeading() {
    leading.set(0);
  }
}
