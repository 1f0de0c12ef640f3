package dev.provisioning.controllers.server;

import dev.provisioning.api.server.BootstrapKey;
import dev.provisioning.api.server.Server;
import dev.provisioning.controllers.access.OpenSshKey;
import dev.provisioning.controllers.access.Secrets;
import dev.provisioning.planning.server.CloudConfig;
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
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * The host keys that new machines are born with, in Secrets {@code <server>-bootstrap}; one per
 * incarnation. Made before the machine, gone after first contact.
 */
final class BootstrapKeys {
  private static final String PRIVATE = "ssh-privatekey";
  private static final String PUBLIC = "ssh-publickey";
  private static final String INCARNATION = "provisioning.dev/incarnation";
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final String UID = "provisioning.dev/uid";

  private final KubernetesClient client;
  private final Secrets secrets;
  private final SecureRandom random = new SecureRandom();

  BootstrapKeys(KubernetesClient client, Secrets secrets) {
    this.client = client;
    this.secrets = secrets;
  }

  static String name(Server server) {
    return server.getMetadata().getName() + "-bootstrap";
  }

  /** The key of this incarnation, if it was made. */
  Optional<BootstrapKey> find(Server server, int incarnation) {
    return secrets
        .get(server.getMetadata().getNamespace(), name(server))
        .filter(secret -> belongs(secret, server, incarnation))
        .map(secret -> view(secret, incarnation));
  }

  /** The key of this incarnation, made unless it exists: a retried create sends the same one. */
  CloudConfig.HostKey require(Server server, int incarnation) {
    String namespace = server.getMetadata().getNamespace();
    secrets.forget(namespace, name(server));
    Optional<Secret> existing = secrets.get(namespace, name(server));
    if (existing.isPresent() && !belongs(existing.get(), server, incarnation)) {
      remove(requireOurs(existing.get()));
      existing = Optional.empty();
    }
    Secret secret = existing.orElseGet(() -> make(server, incarnation));
    secrets.forget(namespace, name(server));
    return new CloudConfig.HostKey(new SecretValue(text(secret, PRIVATE)), text(secret, PUBLIC));
  }

  void forget(Server server) {
    String namespace = server.getMetadata().getNamespace();
    secrets.forget(namespace, name(server));
    secrets.get(namespace, name(server)).filter(BootstrapKeys::ours).ifPresent(this::remove);
    secrets.forget(namespace, name(server));
  }

  /** Exactly the one that was read. */
  private void remove(Secret secret) {
    Failpoints.around(
        "secret.bootstrap-key-removed",
        () -> client.resource(secret).lockResourceVersion().delete());
  }

  /** Of this Server, or of one of its name before. */
  private static boolean ours(Secret secret) {
    Map<String, String> notes = secret.getMetadata().getAnnotations();
    return notes != null && notes.containsKey(UID) && notes.containsKey(INCARNATION);
  }

  private static Secret requireOurs(Secret secret) {
    if (!ours(secret)) {
      throw new ProviderException(
          new Failure.Conflict(
              "SecretNotOwned",
              "Secret %s exists and is not the operator's; rename or delete it"
                  .formatted(secret.getMetadata().getName())));
    }
    return secret;
  }

  private Secret make(Server server, int incarnation) {
    OpenSshKey key = OpenSshKey.generate(server.getMetadata().getName(), random);
    Secret secret =
        new SecretBuilder()
            .withNewMetadata()
            .withNamespace(server.getMetadata().getNamespace())
            .withName(name(server))
            .addToAnnotations(INCARNATION, Integer.toString(incarnation))
            .addToAnnotations(UID, server.getMetadata().getUid())
            .withOwnerReferences(
                new OwnerReferenceBuilder()
                    .withApiVersion(server.getApiVersion())
                    .withKind(server.getKind())
                    .withName(server.getMetadata().getName())
                    .withUid(server.getMetadata().getUid())
                    .build())
            .endMetadata()
            .withType("Opaque")
            .withData(Map.of(PRIVATE, encoded(key.privateKey()), PUBLIC, encoded(key.publicKey())))
            .build();
    try {
      return Failpoints.around("secret.bootstrap-key", () -> client.resource(secret).create());
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
      throw new ProviderException(
          new Failure.Transient(
              "SecretExists",
              "Secret %s was made meanwhile; it is read again".formatted(name(server)),
              AGAIN),
          e);
    }
  }

  private static boolean belongs(Secret secret, Server server, int incarnation) {
    Map<String, String> notes = secret.getMetadata().getAnnotations();
    return notes != null
        && server.getMetadata().getUid().equals(notes.get(UID))
        && Integer.toString(incarnation).equals(notes.get(INCARNATION));
  }

  private static BootstrapKey view(Secret secret, int incarnation) {
    String line = text(secret, PUBLIC);
    return new BootstrapKey(fingerprint(line), line, incarnation);
  }

  /** As {@code ssh-keygen -l} prints it. */
  static String fingerprint(String publicLine) {
    try {
      byte[] blob = Base64.getDecoder().decode(publicLine.split(" ")[1]);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(blob);
      return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static String text(Secret secret, String key) {
    return new String(
        Base64.getDecoder().decode(secret.getData().get(key)), StandardCharsets.UTF_8);
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
