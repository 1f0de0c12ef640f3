package dev.provisioning.controllers.taskserv;

import dev.provisioning.spi.model.OperationId;
import dev.provisioning.spi.model.OperationReport;
import dev.provisioning.spi.model.RemoteOperation;
import java.util.function.Consumer;

/**
 * Starts and follows operations on machines. Starting an operation that the machine already has
 * attaches to it, so nothing here ever runs a step twice. The end of an operation, good or bad, is
 * an answer; only a machine that cannot be talked to is a failure.
 */
final class OperationExecutor {
  private final MachineMemory memory;

  OperationExecutor(MachineMemory memory) {
    this.memory = memory;
  }

  OperationReport run(
      Lines.Line line, MachineRef about, RemoteOperation operation, Consumer<Object> progress) {
    memory.forget(about);
    try {
      OperationReport first = line.shell().start(line.target(), operation);
      return ended(first) ? first : follow(line, operation.id(), progress, first);
    } finally {
      // Again: a question asked in between may have seen the machine half-way.
      memory.forget(about);
    }
  }

  /** Follows an operation that an earlier process of ours started. */
  OperationReport attach(
      Lines.Line line, MachineRef about, OperationId id, Consumer<Object> progress) {
    memory.forget(about);
    try {
      return line.shell().await(line.target(), id, progress::accept);
    } finally {
      memory.forget(about);
    }
  }

  private static OperationReport follow(
      Lines.Line line, OperationId id, Consumer<Object> progress, OperationReport first) {
    progress.accept(first);
    return line.shell().await(line.target(), id, progress::accept);
  }

  private static boolean ended(OperationReport report) {
    return switch (report.state()) {
      case SUCCEEDED, FAILED, LOST -> true;
      case ABSENT, QUEUED, RUNNING -> false;
    };
  }
}
