package dev.provisioning.controllers.taskserv;

import dev.provisioning.api.taskserv.TaskServ;
import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.failpoint.Failpoints;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.SecretValue;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The Secrets that a TaskServ makes: they go with it. Both methods may be repeated: a value that
 * was generated once is never generated again, an export is replaced by a newer one.
 */
final class OwnedSecretsExecutor {
  private static final String ALPHABET =
      "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";

  /** 32 letters of an alphabet of 57 are 186 bits. */
  private static final int LENGTH = 32;

  private final KubernetesClient client;
  private final SecureRandom random;
  private final Consumer<Secret> written;

  /** {@code written}: the next pass must see what was written before its watch tells. */
  OwnedSecretsExecutor(KubernetesClient client, SecureRandom random, Consumer<Secret> written) {
    this.client = client;
    this.random = random;
    this.written = written;
  }

  /** Makes values for those of {@code keys} that have none. */
  void generate(TaskServ owner, String name, Collection<String> keys) {
    Secret secret = ours(owner, name);
    Map<String, String> data = dataOf(secret);
    keys.forEach(key -> data.computeIfAbsent(key, missing -> encoded(password())));
    write(secret, data);
  }

  void store(TaskServ owner, String name, Map<String, SecretValue> values) {
    Secret secret = ours(owner, name);
    Map<String, String> data = dataOf(secret);
    values.forEach((key, value) -> data.put(key, encoded(value.reveal())));
    write(secret, data);
  }

  private Secret ours(TaskServ owner, String name) {
    Secret found =
        client.secrets().inNamespace(owner.getMetadata().getNamespace()).withName(name).get();
    if (found == null) {
      return fresh(owner, name);
    }
    boolean owned =
        found.getMetadata().getOwnerReferences().stream()
            .anyMatch(reference -> reference.getUid().equals(owner.getMetadata().getUid()));
    if (!owned) {
      throw new ProviderException(
          new Failure.Conflict(
              "SecretNotOwned",
              "Secret %s exists and does not belong to TaskServ %s; rename or delete it"
                  .formatted(name, owner.getMetadata().getName())));
    }
    return found;
  }

  private static Secret fresh(TaskServ owner, String name) {
    return new SecretBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(owner.getMetadata().getNamespace())
        .addToLabels("app.kubernetes.io/managed-by", "provisioning-operator")
        .addToLabels("provisioning.dev/taskserv", owner.getMetadata().getName())
        .withOwnerReferences(
            new OwnerReferenceBuilder()
                .withApiVersion(owner.getApiVersion())
                .withKind(owner.getKind())
                .withName(owner.getMetadata().getName())
                .withUid(owner.getMetadata().getUid())
                .withController(true)
                .build())
        .endMetadata()
        .withType("Opaque")
        .build();
  }

  private static Map<String, String> dataOf(Secret secret) {
    return new LinkedHashMap<>(secret.getData() == null ? Map.of() : secret.getData());
  }

  private void write(Secret secret, Map<String, String> data) {
    if (data.equals(secret.getData())) {
      return;
    }
    secret.setData(data);
    boolean isNew = secret.getMetadata().getResourceVersion() == null;
    try {
      written.accept(
          isNew
              ? Failpoints.around("secret.owned", () -> client.resource(secret).create())
              : Failpoints.around(
                  "secret.owned-more",
                  () -> client.resource(secret).lockResourceVersion().update()));
    } catch (KubernetesClientException e) {
      throw failure(secret, e);
    }
  }

  private static ProviderException failure(Secret secret, KubernetesClientException e) {
    String name = secret.getMetadata().getName();
    if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
      return new ProviderException(
          new Failure.Denied("SecretForbidden", "Secret %s cannot be written".formatted(name)), e);
    }
    return new ProviderException(
        new Failure.Transient(
            "SecretNotWritten",
            "Secret %s was not written: HTTP %d".formatted(name, e.getCode()),
            Duration.ofSeconds(1)),
        e);
  }

  private String password() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < LENGTH; i++) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
