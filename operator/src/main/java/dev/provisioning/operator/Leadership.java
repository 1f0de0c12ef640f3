package dev.provisioning.operator;

import dev.provisioning.controllers.engine.Fence;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this process is the one that acts; metric {@code provisioning_leader}.
 *
 * <pre>
 *   standby --lease acquired--> leading --not renewed within the deadline--> fenced
 *                                  |                                           |
 *                                  +------ lease lost or given back ------> ended
 * </pre>
 *
 * The deadline ends before the lease does: what was sent in time arrives before anybody else leads.
 */
final class Leadership implements Fence {
  private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

  private final AtomicInteger leading = new AtomicInteger();
  private final AtomicLong epoch = new AtomicLong();
  private final AtomicBoolean closing = new AtomicBoolean();
  private final Clock clock;
  private final Lease lease;

  Leadership(Lease lease, MeterRegistry meters, Clock clock) {
    this.lease = lease;
    this.clock = clock;
    meters.gauge("provisioning_leader", leading);
  }

  /**
   * What holds and ends a leader's term.
   *
   * @param contested whether there is a lease at all
   * @param deadline how old the last renewal may be
   * @param lost what follows when somebody else leads, or may
   */
  record Lease(boolean contested, LeaseRenewals renewals, Duration deadline, Runnable lost) {}

  LeaderCallbacks callbacks() {
    return new LeaderCallbacks(
        this::onStartLeading, this::onStopLeading, leader -> LOG.info("{} is leading", leader));
  }

  @Override
  public boolean holds() {
    return leading.get() == 1 && (!lease.contested() || lease.renewals().within(lease.deadline()));
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

  /** From now on a lost lease is no news. */
  void close() {
    closing.set(true);
  }

  /** Nothing is done any more: the lease may be given back. */
  void end() {
    leading.set(0);
  }

  private void onStopLeading() {
    leading.set(0);
    if (!closing.get()) {
      LOG.error("the lease is lost: this operator ends, so that its successor does not meet it");
      lease.lost().run();
    }
  }
}
