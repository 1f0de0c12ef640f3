package dev.provisioning.planning.workflow;

import dev.provisioning.api.workflow.BatchWorkflowStatus;
import dev.provisioning.api.workflow.OperationPhase;
import dev.provisioning.api.workflow.OperationStatus;
import dev.provisioning.api.workflow.Phase;
import dev.provisioning.api.workflow.UndoPhase;
import dev.provisioning.planning.Conditions;
import dev.provisioning.planning.Projection.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Transitions, each told once; many at once in one event. */
final class WorkflowEvents {
  private static final int MOST_SINGLE = 5;

  private WorkflowEvents() {}

  static List<Event> of(WorkflowInput input, BatchWorkflowStatus status) {
    List<Event> events = new ArrayList<>();
    Map<String, OperationStatus> before = new HashMap<>();
    input.status().ifPresent(s -> s.operations().forEach(o -> before.put(o.name(), o)));
    Phase was = input.status().map(BatchWorkflowStatus::phase).orElse(Phase.Pending);
    boolean started =
        input
            .status()
            .map(s -> s.progress() == null || s.progress().startedAt() == null)
            .orElse(true);
    if (started && status.progress().startedAt() != null) {
      events.add(new Event(false, "Started", Texts.count(status.progress().total())));
    }
    List<String> succeeded = new ArrayList<>();
    List<String> undone = new ArrayList<>();
    for (OperationStatus now : status.operations()) {
      OperationPhase old = phase(before, now);
      if (now.phase() == OperationPhase.Succeeded && old != OperationPhase.Succeeded) {
        succeeded.add(now.name());
      } else if (now.phase() == OperationPhase.Failed && old != OperationPhase.Failed) {
        events.add(
            new Event(true, "OperationFailed", "%s: %s".formatted(now.name(), now.message())));
      } else if (now.phase() == OperationPhase.RolledBack && old != OperationPhase.RolledBack) {
        undone.add(now.name());
      } else if (edited(now)
          && !(before.containsKey(now.name()) && edited(before.get(now.name())))) {
        String what = Ending.EDITED.message();
        events.add(new Event(false, "OperationEdited", "%s: %s".formatted(now.name(), what)));
      } else if (failedUndo(now)
          && !(before.containsKey(now.name()) && failedUndo(before.get(now.name())))) {
        events.add(new Event(true, "UndoFailed", "%s: %s".formatted(now.name(), now.message())));
      }
    }
    tell(events, "OperationSucceeded", succeeded);
    tell(events, "OperationRolledBack", undone);
    if (was != status.phase()) {
      phase(status).ifPresent(events::add);
    }
    return events;
  }

  private static boolean edited(OperationStatus status) {
    return Ending.EDITED.reason().equals(status.reason());
  }

  private static boolean failedUndo(OperationStatus status) {
    return status.undo() != null && status.undo().phase() == UndoPhase.Failed;
  }

  private static OperationPhase phase(Map<String, OperationStatus> before, OperationStatus now) {
    OperationStatus old = before.get(now.name());
    return old == null ? OperationPhase.Pending : old.phase();
  }

  private static void tell(List<Event> events, String reason, List<String> names) {
    if (names.size() <= MOST_SINGLE) {
      names.forEach(name -> events.add(new Event(false, reason, name)));
    } else {
      events.add(
          new Event(
              false,
              reason,
              "%d operations: %s and more"
                  .formatted(names.size(), String.join(", ", names.subList(0, MOST_SINGLE)))));
    }
  }

  private static Optional<Event> phase(BatchWorkflowStatus status) {
    String message = Conditions.find(status.conditions(), Conditions.READY).orElseThrow().message();
    return switch (status.phase()) {
      case RollingBack -> Optional.of(new Event(true, "RollbackStarted", message));
      case Succeeded -> Optional.of(new Event(false, "Succeeded", message));
      case Failed -> Optional.of(new Event(true, "Failed", message));
      case Cancelled -> Optional.of(new Event(false, "Cancelled", message));
      case RolledBack -> Optional.of(new Event(true, "RolledBack", message));
      case Planned -> Optional.of(new Event(false, "Planned", message));
      case Pending, Running, Suspended, Cancelling -> Optional.empty();
    };
  }
}
