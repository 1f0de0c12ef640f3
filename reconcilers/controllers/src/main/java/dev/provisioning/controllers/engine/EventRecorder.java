package dev.provisioning.controllers.engine;

import dev.provisioning.planning.Projection;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells transitions as Kubernetes Events; best effort, off the reconciler's thread. */
public final class EventRecorder {
  private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);
  private static final String COMPONENT = "provisioning-operator";
  private static final int NAME_MAX = 200;
  private static final int MESSAGE_MAX = 1_000;
  private static final int IN_FLIGHT = 16;

  private final KubernetesClient client;
  private final Clock clock;
  private final Semaphore permits = new Semaphore(IN_FLIGHT);
  private final AtomicLong sequence = new AtomicLong();

  public EventRecorder(KubernetesClient client, Clock clock) {
    this.client = client;
    this.clock = clock;
  }

  public void record(HasMetadata about, Projection.Event event) {
    Instant now = clock.instant();
    Thread.ofVirtual().name("event-" + event.reason()).start(() -> send(about, event, now));
  }

  private void send(HasMetadata about, Projection.Event event, Instant now) {
    permits.acquireUninterruptibly();
    try {
      client.v1().events().inNamespace(namespace(about)).resource(body(about, event, now)).create();
    } catch (KubernetesClientException e) {
      LOG.warn("event {} of {} was not recorded: {}", event.reason(), name(about), e.getMessage());
    } finally {
      permits.release();
    }
  }

  private io.fabric8.kubernetes.api.model.Event body(
      HasMetadata about, Projection.Event event, Instant now) {
    String prefix = name(about);
    prefix = prefix.length() > NAME_MAX ? prefix.substring(0, NAME_MAX) : prefix;
    String suffix = Long.toHexString(now.toEpochMilli()) + "-" + sequence.incrementAndGet();
    return new EventBuilder()
        .withNewMetadata()
        .withName(prefix + "." + suffix)
        .withNamespace(namespace(about))
        .endMetadata()
        .withType(event.warning() ? "Warning" : "Normal")
        .withReason(event.reason())
        .withMessage(shortened(event.message()))
        .withNewInvolvedObject()
        .withApiVersion(about.getApiVersion())
        .withKind(about.getKind())
        .withName(name(about))
        .withNamespace(namespace(about))
        .withUid(about.getMetadata().getUid())
        .endInvolvedObject()
        .withNewSource()
        .withComponent(COMPONENT)
        .endSource()
        .withFirstTimestamp(now.toString())
        .withLastTimestamp(now.toString())
        .withCount(1)
        .build();
  }

  private static String shortened(String text) {
    return text.length() > MESSAGE_MAX ? text.substring(0, MESSAGE_MAX) : text;
  }

  private static String name(HasMetadata about) {
    return about.getMetadata().getName();
  }

  private static String namespace(HasMetadata about) {
    return about.getMetadata().getNamespace();
  }
}
