package dev.provisioning.planning.workflow;

import dev.provisioning.api.Mode;
import dev.provisioning.api.workflow.FailureAction;
import dev.provisioning.api.workflow.OperationPhase;
import dev.provisioning.api.workflow.OperationStatus;
import dev.provisioning.api.workflow.Phase;
import dev.provisioning.api.workflow.RollbackPhase;
import dev.provisioning.api.workflow.RollbackStatus;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;

/** What a workflow is as a whole. */
final class Standing {
  private Standing() {}

  static Phase phase(Course course) {
    Optional<RollbackPhase> rollback = course.rollback().map(RollbackStatus::phase);
    if (rollback.isPresent()) {
      return switch (rollback.get()) {
        case Running -> Gates.suspended(course.input()) ? Phase.Suspended : Phase.RollingBack;
        case Completed -> Phase.RolledBack;
        case Failed -> Phase.Failed;
      };
    }
    if (course.operations().succeeded()) {
      return Phase.Succeeded;
    }
    if (Boolean.TRUE.equals(course.input().spec().cancel()) && course.refusal().isEmpty()) {
      return cancelled(course);
    }
    if (failed(course)) {
      return onlyCancelled(course) ? Phase.Cancelled : Phase.Failed;
    }
    if (Gates.suspended(course.input())) {
      return Phase.Suspended;
    }
    if (course.gate().isPresent()) {
      return course.operations().any(OperationPhase.Running) ? Phase.Running : Phase.Planned;
    }
    return course.span().startedAt().isPresent() ? Phase.Running : Phase.Pending;
  }

  private static Phase cancelled(Course course) {
    if (course.operations().any(OperationPhase.Running)) {
      return Phase.Cancelling;
    }
    return course.operations().any(OperationPhase.Cancelled) ? Phase.Cancelled : Phase.Failed;
  }

  /** The order to cancel may be gone from the spec again: that alone resumes nothing. */
  private static boolean onlyCancelled(Course course) {
    return !course.operations().any(OperationPhase.Failed)
        && !course.timedOut()
        && !course.operations().timedOut();
  }

  /** Nothing runs, and nothing more will start by itself. */
  private static boolean failed(Course course) {
    if (course.operations().any(OperationPhase.Running) || course.refusal().isPresent()) {
      return false;
    }
    boolean stops = course.input().spec().onFailure() != FailureAction.Continue;
    boolean lost =
        course.operations().any(OperationPhase.Failed)
            || course.operations().any(OperationPhase.Cancelled);
    return course.timedOut() || lost && (stops || course.operations().over());
  }

  /** Reached an end that only a person changes. */
  static boolean ended(Phase phase) {
    return switch (phase) {
      case Succeeded, Failed, Cancelled, RolledBack -> true;
      case Pending, Planned, Running, Suspended, Cancelling, RollingBack -> false;
    };
  }

  /** When it ended; empty while it has not. */
  static Optional<Instant> finishedAt(Course course) {
    if (!ended(phase(course)) || course.input().spec().mode() == Mode.Plan) {
      return Optional.empty();
    }
    Optional<Instant> backwards =
        course.rollback().map(RollbackStatus::finishedAt).filter(Objects::nonNull);
    Optional<Instant> forwards =
        course.operations().all().stream()
            .map(OperationStatus::finishedAt)
            .filter(Objects::nonNull)
            .max(Comparator.naturalOrder());
    return backwards
        .or(() -> forwards)
        .or(() -> course.span().startedAt())
        .or(() -> Optional.of(course.input().ref().createdAt()));
  }
}
