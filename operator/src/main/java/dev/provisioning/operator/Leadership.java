package dev.provisioning.operator;

import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether this process is the one that acts; metric {@code provisioning_leader}. */
final class Leadership {
  private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

  private final AtomicInteger leading = new AtomicInteger();
  private final AtomicLong epoch = new AtomicLong();
  private final Clock clock;

  Leadership(MeterRegistry meters, Clock clock) {
    this.clock = clock;
    meters.gauge("provisioning_leader", leading);
  }

  LeaderCallbacks callbacks() {
    return new LeaderCallbacks(
        this::onStartLeading, this::onStopLeading, leader -> LOG.info("{} is leading", leader));
  }

  /**
   * The fencing number: seconds since 1970 at which this process began to lead. Terms of leaders do
   * not overlap and last longer than a second, and unlike a counter in the lease it survives the
   * lease being deleted.
   */
  long epoch() {
    return epoch.get();
  }

  void onStartLeading() {
    epoch.set(clock.instant().getEpochSecond());
    leading.set(1);
  }

  private void onStopLeading() {
    leading.set(0);
  }
}
