package dev.provisioning.planning.workflow;

import dev.provisioning.api.workflow.OperationStatus;
import dev.provisioning.spi.model.Failure;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one pass brings for one operation that runs, forwards or backwards.
 *
 * @param actions effects that must be under way now
 * @param wakeAt when to look again if no event comes before
 */
record Turn(
    OperationStatus status, End end, List<WorkflowAction> actions, Optional<Instant> wakeAt) {
  /** How the try stands. */
  sealed interface End {}

  record GoesOn() implements End {}

  record Done() implements End {}

  /** {@code repeatable}: whether another try may help and does no harm. */
  record Failed(Failure why, boolean repeatable) implements End {}

  /** The spec says something else now, and the rest of this try is not carried out. */
  record Edited() implements End {}

  static Turn goesOn(OperationStatus status, List<WorkflowAction> actions) {
    return new Turn(status, new GoesOn(), List.copyOf(actions), Optional.empty());
  }

  static Turn done(OperationStatus status) {
    return new Turn(status, new Done(), List.of(), Optional.empty());
  }

  static Turn failed(OperationStatus status, Failure why, boolean repeatable) {
    return new Turn(status, new Failed(why, repeatable), List.of(), Optional.empty());
  }

  static Turn edited(OperationStatus status) {
    return new Turn(status, new Edited(), List.of(), Optional.empty());
  }

  Turn wakingAt(Instant at) {
    return new Turn(status, end, actions, Optional.of(at));
  }
}
