package dev.provisioning.controllers.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.provisioning.controllers.caches.Caches;
import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Failure;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Optional;

/**
 * Secrets by name, remembered for seconds: we ask for those that are named and watch none, so that
 * the right to get is enough.
 */
public final class Secrets {
  private static final Duration FOUND = Duration.ofSeconds(10);
  private static final Duration MISSING = Duration.ofSeconds(2);
  private static final Duration RETRY = Duration.ofSeconds(5);
  private static final int ENTRIES = 10_000;

  private final KubernetesClient client;
  private final Cache<Name, Optional<Secret>> cache =
      Caches.newBuilder()
          .maximumSize(ENTRIES)
          .expireAfter(
              Expiry.<Name, Optional<Secret>>writing(
                  (name, secret) -> secret.isPresent() ? FOUND : MISSING))
          .build();

  public Secrets(KubernetesClient client) {
    this.client = client;
  }

  private record Name(String namespace, String name) {}

  public Optional<Secret> get(String namespace, String name) {
    return cache.get(new Name(namespace, name), this::read);
  }

  /** The next question goes to the API server: we wrote it ourselves. */
  public void forget(String namespace, String name) {
    cache.invalidate(new Name(namespace, name));
  }

  private Optional<Secret> read(Name key) {
    try {
      return Optional.ofNullable(
          client.secrets().inNamespace(key.namespace()).withName(key.name()).get());
    } catch (KubernetesClientException e) {
      throw new ProviderException(failure(key, e), e);
    }
  }

  private static Failure failure(Name key, KubernetesClientException e) {
    if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
      return new Failure.Denied(
          "SecretForbidden",
          ("the operator may not read Secrets in namespace %s; bind it with: kubectl -n %s create"
                  + " rolebinding provisioning-secrets --clusterrole=provisioning-operator-secrets"
                  + " --serviceaccount=<namespace>:<service account of the operator>")
              .formatted(key.namespace(), key.namespace()));
    }
    return new Failure.Transient(
        "SecretUnread",
        "Secret %s/%s could not be read: the API server answered %d"
            .formatted(key.namespace(), key.name(), e.getCode()),
        RETRY);
  }
}
