package dev.provisioning.controllers.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.provisioning.planning.Projection;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.File;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("apiserver")
class EventRecorderTest {
  private final KubernetesClient client =
      new KubernetesClientBuilder()
          .withConfig(
              Config.fromKubeconfig(new File(System.getenv("PROVISIONING_TEST_KUBECONFIG"))))
          .build();
  private final EventRecorder recorder = new EventRecorder(client, Clock.systemUTC());
  private final ConfigMap about =
      client
          .resource(
              new ConfigMapBuilder()
                  .withNewMetadata()
                  .withName("events-" + UUID.randomUUID())
                  .withNamespace("default")
                  .endMetadata()
                  .build())
          .create();

  @AfterEach
  void clean() {
    client.resource(about).delete();
    client.close();
  }

  private List<Event> told() {
    return client
        .v1()
        .events()
        .inNamespace("default")
        .withField("involvedObject.uid", about.getMetadata().getUid())
        .list()
        .getItems();
  }

  private void tell(String message) {
    recorder.record(about, new Projection.Event(true, "StepFailed", message));
  }

  @Test
  void what_is_told_again_is_counted_and_not_told_twice() {
    tell("it failed");
    await().until(() -> told().size() == 1);
    tell("it failed");
    tell("it failed");

    await()
        .untilAsserted(
            () ->
                assertThat(told())
                    .singleElement()
                    .satisfies(
                        event -> {
                          assertThat(event.getCount()).isEqualTo(3);
                          assertThat(event.getMessage()).isEqualTo("it failed");
                        }));
    tell("it failed otherwise");
    await().until(() -> told().size() == 2);
  }

  @Test
  void an_event_that_somebody_deleted_is_told_anew() {
    tell("it failed");
    await().until(() -> told().size() == 1);
    client.resource(told().getFirst()).delete();

    tell("it failed");

    await().until(() -> told().size() == 1);
    assertThat(told().getFirst().getCount()).isEqualTo(1);
  }
}
