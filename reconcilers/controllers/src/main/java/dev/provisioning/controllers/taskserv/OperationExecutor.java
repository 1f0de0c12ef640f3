package dev.provisioning.controllers.taskserv;

import dev.provisioning.controllers.steps.StepsExecutor;
import dev.provisioning.spi.model.OperationId;
import dev.provisioning.spi.model.OperationReport;
import dev.provisioning.spi.model.RemoteOperation;
import java.util.function.Consumer;

/** Starts and follows operations of TaskServs; what was read of a machine before is forgotten. */
final class OperationExecutor {
  private final MachineMemory memory;

  OperationExecutor(MachineMemory memory) {
    this.memory = memory;
  }

  OperationReport run(
      Lines.Line line, MachineRef about, RemoteOperation operation, Consumer<Object> progress) {
    memory.forget(about);
    try {
      return new StepsExecutor(line.shell(), line.target()).run("operation", operation, progress);
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
      return new StepsExecutor(line.shell(), line.target()).attach(id, progress);
    } finally {
      memory.forget(about);
    }
  }
}
