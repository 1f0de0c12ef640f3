package dev.provisioning.spi.model;

/**
 * The name of one try of one operation on one machine: 32 lowercase hex digits derived from
 * (TaskServ uid, Server uid, incarnation, bundle digest, operation, attempt). Starting an id that
 * exists attaches to it.
 */
public record OperationId(String value) {
  public OperationId {
    if (!value.matches("[0-9a-f]{32}")) {
      throw new IllegalArgumentException("not 32 hex digits: " + value);
    }
  }

  /** Derived like an {@link IdempotencyKey}: the same try has the same id. */
  public static OperationId of(String uid, int incarnation, String action) {
    return new OperationId(IdempotencyKey.of(uid, incarnation, action).value());
  }

  @Override
  public String toString() {
    return value;
  }
}
