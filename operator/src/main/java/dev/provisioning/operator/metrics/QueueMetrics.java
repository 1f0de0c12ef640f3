package dev.provisioning.operator.metrics;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.api.reconciler.RetryInfo;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many resources wait for a thread, and how long the first of them: {@code
 * provisioning_queue_depth} and {@code provisioning_queue_oldest_seconds} by kind.
 */
public final class QueueMetrics implements Metrics {
  private final Map<String, Map<ResourceID, Instant>> waiting = new ConcurrentHashMap<>();
  private final InstantSource clock;

  public QueueMetrics(Collection<String> kinds, MeterRegistry meters, InstantSource clock) {
    this.clock = clock;
    kinds.forEach(kind -> register(kind, meters));
  }

  private void register(String kind, MeterRegistry meters) {
    Map<ResourceID, Instant> queue = new ConcurrentHashMap<>();
    waiting.put(kind, queue);
    Gauge.builder("provisioning_queue_depth", queue, Map::size).tag("kind", kind).register(meters);
    Gauge.builder("provisioning_queue_oldest_seconds", queue, this::oldest)
        .tag("kind", kind)
        .register(meters);
  }

  @Override
  public void reconciliationSubmitted(
      HasMetadata resource, RetryInfo retry, Map<String, Object> metadata) {
    queue(resource.getKind()).putIfAbsent(ResourceID.fromResource(resource), clock.instant());
  }

  @Override
  public void reconciliationStarted(HasMetadata resource, Map<String, Object> metadata) {
    queue(resource.getKind()).remove(ResourceID.fromResource(resource));
  }

  @Override
  public void cleanupDone(ResourceID id, Map<String, Object> metadata) {
    waiting.values().forEach(queue -> queue.remove(id));
  }

  private Map<ResourceID, Instant> queue(String kind) {
    return waiting.computeIfAbsent(kind, k -> new ConcurrentHashMap<>());
  }

  private double oldest(Map<ResourceID, Instant> queue) {
    Instant now = clock.instant();
    return queue.values().stream()
        .mapToDouble(since -> Duration.between(since, now).toMillis() / 1e3)
        .max()
        .orElse(0);
  }
}
