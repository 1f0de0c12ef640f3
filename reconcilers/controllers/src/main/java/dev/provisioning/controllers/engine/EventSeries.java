package dev.provisioning.controllers.engine;

import dev.provisioning.planning.Projection;
import dev.provisioning.spi.failpoint.Failpoints;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** One sentence about one object: an Event, and how often it was told. */
final class EventSeries {
  private static final String COMPONENT = "provisioning-operator";
  private static final int NAME_MAX = 200;
  private static final int MESSAGE_MAX = 1_000;
  private static final AtomicLong SEQUENCE = new AtomicLong();

  private final KubernetesClient client;
  private final Key key;
  private String name = "";
  private int count;

  EventSeries(KubernetesClient client, Key key) {
    this.client = client;
    this.key = key;
  }

  /** Equal keys are the same sentence. */
  record Key(String uid, boolean warning, String reason, String message) {
    static Key of(HasMetadata about, Projection.Event event) {
      String text = event.message();
      return new Key(
          about.getMetadata().getUid(),
          event.warning(),
          event.reason(),
          text.length() > MESSAGE_MAX ? text.substring(0, MESSAGE_MAX) : text);
    }
  }

  synchronized void tell(HasMetadata about, Instant now) {
    if (count > 0 && counted(about, now)) {
      return;
    }
    Event body = body(about, now);
    Failpoints.around(
        "event", () -> client.v1().events().inNamespace(namespace(about)).resource(body).create());
    name = body.getMetadata().getName();
    count = 1;
  }

  /** False when the Event is not there any more. */
  private boolean counted(HasMetadata about, Instant now) {
    try {
      Failpoints.around(
          "event",
          () ->
              client
                  .v1()
                  .events()
                  .inNamespace(namespace(about))
                  .withName(name)
                  .patch(
                      PatchContext.of(PatchType.JSON_MERGE),
                      "{\"count\":%d,\"lastTimestamp\":\"%s\"}".formatted(count + 1, now)));
      count++;
      return true;
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }

  private Event body(HasMetadata about, Instant now) {
    String prefix = about.getMetadata().getName();
    prefix = prefix.length() > NAME_MAX ? prefix.substring(0, NAME_MAX) : prefix;
    String suffix = Long.toHexString(now.toEpochMilli()) + "-" + SEQUENCE.incrementAndGet();
    return new EventBuilder()
        .withNewMetadata()
        .withName(prefix + "." + suffix)
        .withNamespace(namespace(about))
        .endMetadata()
        .withType(key.warning() ? "Warning" : "Normal")
        .withReason(key.reason())
        .withMessage(key.message())
        .withNewInvolvedObject()
        .withApiVersion(about.getApiVersion())
        .withKind(about.getKind())
        .withName(about.getMetadata().getName())
        .withNamespace(namespace(about))
        .withUid(key.uid())
        .endInvolvedObject()
        .withNewSource()
        .withComponent(COMPONENT)
        .endSource()
        .withFirstTimestamp(now.toString())
        .withLastTimestamp(now.toString())
        .withCount(1)
        .build();
  }

  private static String namespace(HasMetadata about) {
    return about.getMetadata().getNamespace();
  }
}
