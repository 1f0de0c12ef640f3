package dev.provisioning.ssh;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Runs an action later unless it is called off; one timer thread for all connections. */
final class Deadlines implements AutoCloseable {
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("ssh-deadlines").factory());

  /** A deadline that {@link #close} calls off. */
  interface Deadline extends AutoCloseable {
    @Override
    void close();
  }

  Deadline after(Duration time, Runnable action) {
    var future =
        timer.schedule(() -> apart("ssh-deadline", action), time.toMillis(), TimeUnit.MILLISECONDS);
    return () -> future.cancel(false);
  }

  void every(Duration interval, Runnable action) {
    timer.scheduleWithFixedDelay(
        () -> apart("ssh-sweep", action),
        interval.toMillis(),
        interval.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  /**
   * Actions may block on a dead connection: never in the timer's own thread. Nor in a virtual one:
   * what hangs may be what virtual threads run on.
   */
  private static void apart(String name, Runnable action) {
    Thread.ofPlatform().daemon().name(name).start(action);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
