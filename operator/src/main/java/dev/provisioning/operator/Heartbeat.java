package dev.provisioning.operator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Whether our own scheduler still runs; never a question about API server or clouds. */
final class Heartbeat {
  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Clock clock;
  private volatile Instant last;

  Heartbeat(Clock clock) {
    this.clock = clock;
    this.last = clock.instant();
  }

  void start(ScheduledExecutorService timer) {
    timer.scheduleAtFixedRate(this::beat, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  void beat() {
    last = clock.instant();
  }

  boolean alive() {
    return last.plus(PATIENCE).isAfter(clock.instant());
  }
}
