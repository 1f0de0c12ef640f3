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

  /** Ready for a try that carries out what the spec says now, where that must be approved: then. */
  static final Ending EDITED =
      new Ending(
          OperationPhase.Ready,
          "Edited",
          "it was edited while it ran: the next try carries out what the spec says now");

  /** What it did is followed no further; its undo stays recorded. */
  static final Ending REPLACED =
      new Ending(
          OperationPhase.Cancelled,
          "NotInSpec",
          "its name is that of another type of operation now: give that one a name of its own");

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
