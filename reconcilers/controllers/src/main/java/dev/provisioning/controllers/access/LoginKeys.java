package dev.provisioning.controllers.access;

import dev.provisioning.api.SecretRef;
import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.SecretValue;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/** Private keys that log in to machines, from Secrets. */
public record LoginKeys(Lookup lookup) {
  /** Key in the Secret, unless the reference names another. */
  public static final String PRIVATE_KEY = "ssh-privatekey";

  /** The matching public key; not needed where the private key is in OpenSSH's own form. */
  public static final String PUBLIC_KEY = "ssh-publickey";

  private static final Duration RETRY = Duration.ofSeconds(5);

  /** {@code publicKey} is a line for authorized_keys. */
  public record LoginKey(SecretValue privateKey, String publicKey) {}

  /** The Secret that the operator makes for machines whose Workspace names none. */
  public static SecretRef ofWorkspace(String workspace) {
    return new SecretRef(workspace + "-ssh", PRIVATE_KEY);
  }

  /**
   * @throws ProviderException {@code Waiting(SecretNotFound, SecretKeyMissing)} or {@code
   *     Denied(LoginKeyUnreadable)}: messages name Secret, key and cure
   */
  public LoginKey of(String namespace, SecretRef ref) {
    String key = ref.key() == null ? PRIVATE_KEY : ref.key();
    Secret secret =
        lookup
            .secret(namespace, ref.name())
            .orElseThrow(
                () ->
                    waiting(
                        "SecretNotFound",
                        "Secret %s/%s does not exist; create it with a private key under %s"
                            .formatted(namespace, ref.name(), key)));
    String text =
        value(secret, key)
            .orElseThrow(
                () ->
                    waiting(
                        "SecretKeyMissing",
                        "Secret %s/%s has no key %s; put the private key there"
                            .formatted(namespace, ref.name(), key)));
    if (!text.contains("PRIVATE KEY-----")) {
      throw new ProviderException(
          new Failure.Denied(
              "LoginKeyUnreadable",
              "Secret %s/%s: the value of %s is not a private key in OpenSSH or PEM form"
                  .formatted(namespace, ref.name(), key)));
    }
    return new LoginKey(new SecretValue(text), publicKey(namespace, ref.name(), secret, text));
  }

  private static String publicKey(String namespace, String name, Secret secret, String text) {
    return value(secret, PUBLIC_KEY)
        .map(String::strip)
        .or(() -> OpenSshKey.publicLine(text))
        .orElseThrow(
            () ->
                waiting(
                    "SecretKeyMissing",
                    "Secret %s/%s has no key %s; put the public key there, as ssh-keygen -y prints it"
                        .formatted(namespace, name, PUBLIC_KEY)));
  }

  private static Optional<String> value(Secret secret, String key) {
    return Optional.ofNullable(secret.getData())
        .map(data -> data.get(key))
        .map(encoded -> new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8))
        .filter(text -> !text.isBlank());
  }

  private static ProviderException waiting(String reason, String message) {
    return new ProviderException(new Failure.Waiting(reason, message, RETRY));
  }
}
