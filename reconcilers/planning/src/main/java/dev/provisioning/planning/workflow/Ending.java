package dev.provisioning.planning.workflow;

import dev.provisioning.api.workflow.OperationPhase;
import dev.provisioning.api.workflow.OperationStatus;
import java.time.Instant;

/**
 * How a try of an operation ends, or how one that never began is over.
 *
 * @param reason null after a success, as is the message
 */
record Ending(OperationPhase phase, String reason, String message) {
  static final Ending SUCCESS = new Ending(OperationPhase.Succeeded, null, null);

  /** What ran has an end in time; what did not keeps the one that it has. */
  OperationStatus of(OperationStatus status, Instant now) {
    boolean ran = status.phase() == OperationPhase.Running;
    return status.with(
        b ->
            b.phase(phase)
                .reason(reason)
                .message(message == null ? null : Steps.shortened(message))
                .progress(null)
                .retryAt(null)
                .finishedAt(ran ? now : status.finishedAt()));
  }
}
