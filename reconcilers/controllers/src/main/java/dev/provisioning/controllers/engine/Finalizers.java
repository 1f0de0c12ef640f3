package dev.provisioning.controllers.engine;

import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.failpoint.Failpoints;
import dev.provisioning.spi.model.Failure;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;

/** Takes our finalizer off objects. */
public record Finalizers(KubernetesClient client) {
  /** How often somebody else may write between our reading and our writing. */
  private static final int CONFLICTS = 5;

  /** The object may have changed since it was read: only our own entry is taken out. */
  public <R extends CustomResource<?, ?>> void release(R resource) {
    for (int attempt = 1; ; attempt++) {
      try {
        releaseOnce(resource);
        return;
      } catch (KubernetesClientException e) {
        if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
          return;
        }
        if (e.getCode() != HttpURLConnection.HTTP_CONFLICT || attempt == CONFLICTS) {
          throw new ProviderException(
              new Failure.Transient(
                  "ApiServerRefused",
                  "the finalizer was not removed: HTTP %d %s"
                      .formatted(e.getCode(), e.getMessage()),
                  Duration.ofSeconds(1)),
              e);
        }
      }
    }
  }

  @SuppressWarnings("unchecked") // the class of an R makes an R
  private <R extends CustomResource<?, ?>> void releaseOnce(R resource) {
    R current =
        (R)
            client
                .resources(resource.getClass())
                .inNamespace(resource.getMetadata().getNamespace())
                .withName(resource.getMetadata().getName())
                .get();
    boolean same =
        current != null && current.getMetadata().getUid().equals(resource.getMetadata().getUid());
    if (same && current.removeFinalizer(StatusStore.FINALIZER)) {
      Failpoints.around(
          "finalizer." + resource.getKind(),
          () -> client.resource(current).lockResourceVersion().update());
    }
  }
}
