package dev.provisioning.existing;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.provisioning.spi.model.IdempotencyKey;
import dev.provisioning.spi.model.Owner;
import java.util.Optional;

/**
 * {@code /var/lib/provisioning/owner.json}: whom a machine belongs to, as the machine itself says.
 *
 * @param key of the try that claimed it; empty after an adoption
 * @param since RFC 3339
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record OwnerFile(
    String operator,
    String namespace,
    String workspace,
    String server,
    String uid,
    int incarnation,
    String key,
    String since,
    State state) {
  private static final JsonMapper JSON = new JsonMapper();

  enum State {
    Owned,
    Quarantined
  }

  static OwnerFile owned(Owner owner, Optional<IdempotencyKey> key, String since) {
    return new OwnerFile(
        owner.operatorId(),
        owner.namespace(),
        owner.workspace(),
        owner.server(),
        owner.uid(),
        owner.incarnation(),
        key.map(IdempotencyKey::value).orElse(""),
        since,
        State.Owned);
  }

  OwnerFile quarantined(String since) {
    return new OwnerFile(
        operator, namespace, workspace, server, uid, incarnation, key, since, State.Quarantined);
  }

  /** Empty when the text is not such a file: somebody else's, or damaged. */
  static Optional<OwnerFile> parse(String text) {
    try {
      OwnerFile file = JSON.readValue(text, OwnerFile.class);
      return Optional.ofNullable(file).filter(f -> f.uid() != null && f.state() != null);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  String json() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of strings has a JSON form", e);
    }
  }

  Owner owner() {
    return new Owner(operator, namespace, workspace, server, uid, incarnation);
  }

  Optional<IdempotencyKey> idempotencyKey() {
    return Optional.ofNullable(key).filter(k -> k.matches("[0-9a-f]{32}")).map(IdempotencyKey::new);
  }

  boolean isOf(Owner other) {
    return state == State.Owned && uid.equals(other.uid()) && incarnation == other.incarnation();
  }
}
