package dev.provisioning.controllers.taskserv;

import dev.provisioning.planning.config.Hashes;
import dev.provisioning.planning.taskserv.SecretKey;
import dev.provisioning.planning.taskserv.SecretUse;
import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.SecretValue;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Values of secrets for operations, and fingerprints of them for plans. A fingerprint is salted
 * with where the secret is, so that equal values elsewhere are not seen to be equal.
 */
final class SecretMaterial {
  private static final int FINGERPRINT = 16;

  private final Caches caches;

  SecretMaterial(Caches caches) {
    this.caches = caches;
  }

  /** Of those that exist. */
  Map<SecretKey, String> fingerprints(String namespace, Set<SecretKey> wanted) {
    Map<SecretKey, String> found = new HashMap<>();
    for (SecretKey key : wanted) {
      value(namespace, key).ifPresent(value -> found.put(key, fingerprint(namespace, key, value)));
    }
    return found;
  }

  /** The values that the plan was made for; a plan for other ones is void. */
  Map<String, SecretValue> values(String namespace, Map<String, SecretUse> uses) {
    Map<String, SecretValue> values = new HashMap<>();
    uses.forEach((name, use) -> values.put(name, value(namespace, use)));
    return values;
  }

  private SecretValue value(String namespace, SecretUse use) {
    return value(namespace, use.from())
        .filter(value -> fingerprint(namespace, use.from(), value).equals(use.fingerprint()))
        .orElseThrow(
            () ->
                new ProviderException(
                    new Failure.Conflict(
                        "SecretChanged",
                        "Secret %s changed after the plan was made".formatted(use.from()))));
  }

  private Optional<SecretValue> value(String namespace, SecretKey key) {
    return caches
        .secret(namespace, key.secret())
        .map(Secret::getData)
        .map(data -> data.get(key.key()))
        .map(text -> new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8))
        .map(SecretValue::new);
  }

  private static String fingerprint(String namespace, SecretKey key, SecretValue value) {
    String salted = namespace + "\u0000" + key + "\u0000" + value.reveal();
    return Hashes.sha256(salted).substring(0, FINGERPRINT);
  }
}
