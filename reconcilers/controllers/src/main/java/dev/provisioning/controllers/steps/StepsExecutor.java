package dev.provisioning.controllers.steps;

import dev.provisioning.spi.RemoteShell;
import dev.provisioning.spi.failpoint.Failpoints;
import dev.provisioning.spi.model.OperationId;
import dev.provisioning.spi.model.OperationReport;
import dev.provisioning.spi.model.RemoteOperation;
import dev.provisioning.spi.model.ShellTarget;
import java.util.function.Consumer;

/**
 * Starts and follows operations on one machine. Starting an operation that the machine already has
 * attaches to it, so nothing here ever runs a step twice. The end of an operation, good or bad, is
 * an answer; only a machine that cannot be talked to is a failure.
 */
public record StepsExecutor(RemoteShell shell, ShellTarget target) {
  /** {@code failpoint} names the effect. */
  public OperationReport run(
      String failpoint, RemoteOperation operation, Consumer<Object> progress) {
    OperationReport first = Failpoints.around(failpoint, () -> shell.start(target, operation));
    if (ended(first)) {
      return first;
    }
    progress.accept(first);
    return attach(operation.id(), progress);
  }

  /** Follows an operation that was started before. */
  public OperationReport attach(OperationId id, Consumer<Object> progress) {
    return shell.await(target, id, progress::accept);
  }

  private static boolean ended(OperationReport report) {
    return switch (report.state()) {
      case SUCCEEDED, FAILED, LOST -> true;
      case ABSENT, QUEUED, RUNNING -> false;
    };
  }
}
