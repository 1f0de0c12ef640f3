package dev.provisioning.spi;

import dev.provisioning.spi.model.CommandResult;
import dev.provisioning.spi.model.Contact;
import dev.provisioning.spi.model.HealthCheck;
import dev.provisioning.spi.model.HealthReport;
import dev.provisioning.spi.model.HostDrift;
import dev.provisioning.spi.model.OperationId;
import dev.provisioning.spi.model.OperationReport;
import dev.provisioning.spi.model.RemoteCommand;
import dev.provisioning.spi.model.RemoteOperation;
import dev.provisioning.spi.model.ShellTarget;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Machines over SSH, and the step protocol on them. Thread-safe; blocks the calling (virtual)
 * thread. Reasons of failures: {@code HostUnreachable}, {@code HostKeyChanged}, {@code
 * HostKeyUnknown}, {@code AuthenticationRefused}, {@code SudoDenied}, {@code CircuitOpen}, {@code
 * ConnectionLost}, {@code DiskFull}, {@code StaleEpoch}, {@code CommandTimeout}.
 */
public interface RemoteShell extends AutoCloseable {
  /** Logs in, proves the host key and sudo, reads facts. */
  @ReadOnly
  Contact contact(ShellTarget target);

  /** Runs a command that changes nothing. A non-zero exit is an answer, not an exception. */
  @ReadOnly
  CommandResult read(ShellTarget target, RemoteCommand command);

  /** Runs a command that changes something and is safe to repeat. */
  @Effect
  CommandResult run(ShellTarget target, RemoteCommand command);

  /** Uploads the bundle unless it is there and starts the operation, or attaches if it exists. */
  @Effect
  OperationReport start(ShellTarget target, RemoteOperation operation);

  /**
   * Follows an operation until it ends, handing each change to {@code progress}; connects again
   * where the connection breaks. {@code Transient(ConnectionLost)} means that the machine stayed
   * away: the operation may run on there.
   */
  @ReadOnly
  OperationReport await(ShellTarget target, OperationId id, Consumer<OperationReport> progress);

  /** What the machine recorded of this operation, now; {@code ABSENT} where it knows of none. */
  @ReadOnly
  OperationReport report(ShellTarget target, OperationId id);

  /** The applied-state record (JSON) of a TaskServ; empty when the machine has none. */
  @ReadOnly
  Optional<String> appliedState(ShellTarget target, String taskServ);

  /** Asks all checks, given by TaskServ name, in one round trip. */
  @ReadOnly
  HealthReport health(ShellTarget target, Map<String, List<HealthCheck>> checks);

  /** Compares files, packages and units with the applied-state record of a TaskServ. */
  @ReadOnly
  List<HostDrift> drift(ShellTarget target, String taskServ);

  /**
   * Closes the connection to a machine that is gone or whose key changes; none is fine.
   *
   * @param machine as in {@link ShellTarget#machine}
   */
  void disconnect(String machine);

  @Override
  void close();
}
