package dev.provisioning.spi.model;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * An operation to start on a machine. A machine refuses an {@code epoch} lower than the last one it
 * saw. {@code parallelSafe} operations take no machine lock. {@code exports} maps the name of a
 * value to the command that prints it after the last step.
 */
public record RemoteOperation(
    OperationId id,
    long epoch,
    Bundle bundle,
    Map<String, SecretValue> secrets,
    Map<String, String> exports,
    boolean parallelSafe,
    Optional<Duration> timeout) {
  public RemoteOperation {
    secrets = Map.copyOf(secrets);
    exports = Map.copyOf(exports);
  }
}
