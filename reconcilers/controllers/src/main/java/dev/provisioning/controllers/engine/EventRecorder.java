package dev.provisioning.controllers.engine;

import com.github.benmanes.caffeine.cache.Cache;
import dev.provisioning.controllers.caches.Caches;
import dev.provisioning.planning.Projection;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells transitions as Kubernetes Events; best effort, off the reconciler's thread. What is told
 * again becomes a count on the Event that is there.
 */
public final class EventRecorder {
  private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);
  private static final int IN_FLIGHT = 16;
  private static final int SERIES = 10_000;

  /** The API server drops Events after an hour. */
  private static final Duration REMEMBERED = Duration.ofMinutes(50);

  private final KubernetesClient client;
  private final Clock clock;
  private final Semaphore permits = new Semaphore(IN_FLIGHT);
  private final Cache<EventSeries.Key, EventSeries> series =
      Caches.newBuilder().maximumSize(SERIES).expireAfterWrite(REMEMBERED).build();

  public EventRecorder(KubernetesClient client, Clock clock) {
    this.client = client;
    this.clock = clock;
  }

  public void record(HasMetadata about, Projection.Event event) {
    Instant now = clock.instant();
    Thread.ofVirtual().name("event-" + event.reason()).start(() -> send(about, event, now));
  }

  private void send(HasMetadata about, Projection.Event event, Instant now) {
    EventSeries one =
        series.get(EventSeries.Key.of(about, event), key -> new EventSeries(client, key));
    permits.acquireUninterruptibly();
    try {
      one.tell(about, now);
    } catch (KubernetesClientException e) {
      LOG.warn(
          "event {} of {} was not recorded: {}",
          event.reason(),
          about.getMetadata().getName(),
          e.getMessage());
    } finally {
      permits.release();
    }
  }
}
