package dev.provisioning.controllers.engine;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Asks for a pass of one resource: at once, or for mere progress at most once a second. */
public final class Waker<R extends HasMetadata> {
  private static final Duration PROGRESS_INTERVAL = Duration.ofSeconds(1);

  private final SimpleInboundEventSource<R> source = new SimpleInboundEventSource<>("operations");
  private final Set<ResourceID> pending = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService timer;

  public Waker(ScheduledExecutorService timer) {
    this.timer = timer;
  }

  /** The JOSDK event source behind {@link #wake}. */
  public SimpleInboundEventSource<R> source() {
    return source;
  }

  /** False before the start and after the end: nobody is woken then. */
  public boolean running() {
    return source.isRunning();
  }

  public void wake(ResourceID id) {
    if (running()) {
      source.propagateEvent(id);
    }
  }

  /** Wakes within a second; calls in between are one. */
  public void wakeSoon(ResourceID id) {
    if (pending.add(id)) {
      timer.schedule(
          () -> {
            pending.remove(id);
            wake(id);
          },
          PROGRESS_INTERVAL.toMillis(),
          TimeUnit.MILLISECONDS);
    }
  }

  /** Wakes at a moment of its own within {@code window}, so that many do not come at once. */
  public void wakeWithin(ResourceID id, Duration window) {
    long millis = Math.floorMod(id.hashCode(), Math.max(1, window.toMillis()));
    timer.schedule(() -> wake(id), millis, TimeUnit.MILLISECONDS);
  }
}
