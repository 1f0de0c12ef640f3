package dev.provisioning.planning.workflow;

import dev.provisioning.api.workflow.Child;
import dev.provisioning.api.workflow.OperationPhase;
import dev.provisioning.api.workflow.OperationStatus;
import dev.provisioning.api.workflow.UndoType;
import dev.provisioning.planning.Alarm;
import dev.provisioning.planning.workflow.WorkflowAction.RestoreChild;
import dev.provisioning.spi.model.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One operation is taken back. */
final class Undoing {
  private Undoing() {}

  static Turn turn(Scope scope, OperationStatus status) {
    return status.undo().type() == UndoType.Script
        ? script(scope, status)
        : children(scope, status);
  }

  private static Turn script(Scope scope, OperationStatus status) {
    Work work = scope.graph().works().get(status.name());
    if (work == null
        || work.operation().script() == null
        || work.operation().script().rollback() == null) {
      return Turn.failed(
          status,
          new Failure.Invalid(
              "RollbackMissing",
              "the script that takes it back is no longer in the spec: put it back"),
          true);
    }
    return Scripts.undo(scope, work, status);
  }

  private static Turn children(Scope scope, OperationStatus before) {
    OperationStatus status = before;
    List<WorkflowAction> actions = new ArrayList<>();
    Alarm alarm = new Alarm();
    boolean done = true;
    for (Child child : before.children().reversed()) {
      Turn turn = child(scope, status, child);
      if (turn.end() instanceof Turn.Failed) {
        return turn;
      }
      done &= turn.end() instanceof Turn.Done;
      status = turn.status();
      actions.addAll(turn.actions());
      turn.wakeAt().ifPresent(alarm::set);
    }
    if (done) {
      return Turn.done(status);
    }
    Turn turn = Turn.goesOn(status, actions);
    return alarm.earliest().map(turn::wakingAt).orElse(turn);
  }

  private static Turn child(Scope scope, OperationStatus status, Child child) {
    ChildRef ref = new ChildRef(child.kind(), child.name());
    if (scope.input().ledger().running().containsKey(Applying.key(status.name(), ref))) {
      // Begun before the way back was: what it brings must be there to be taken back.
      return Turn.goesOn(
          status.withMessage("waits for the answer to the last write of " + ref), List.of());
    }
    if (Boolean.TRUE.equals(child.created())) {
      return Deleting.turn(scope, status, Deleting.action(scope, status.name(), ref, true), ref);
    }
    Optional<ChildFacts> facts = scope.child(ref);
    boolean touched =
        facts
            .map(f -> f.annotations().getOrDefault(Marks.OPERATION + status.name(), ""))
            .filter(mark -> mark.startsWith(scope.uid() + "/"))
            .isPresent();
    RestoreChild action =
        new RestoreChild(
            status.name(),
            ref,
            touched
                ? "put back the spec that %s had before".formatted(ref)
                : "look whether %s was changed".formatted(ref));
    Optional<Failure> failure = Effects.failure(scope, action.key());
    if (failure.isPresent()) {
      return Deleting.refused(scope, status, failure.get());
    }
    boolean known = wasSeen(scope, status, ref) || wasLookedFor(scope, action);
    if (touched || !known) {
      return toRestore(scope, status, action);
    }
    return facts.map(ChildFacts::health).orElse(null)
            instanceof ChildHealth.OnItsWay(String text, Optional<Integer> percent)
        ? Handover.turn(scope, status, facts.get(), ref + ": " + text)
        : Turn.done(status);
  }

  /** Its operation saw it as it wanted it: a cache that shows something else is not behind. */
  static boolean wasSeen(Scope scope, OperationStatus status, ChildRef ref) {
    Work work = scope.graph().works().get(status.name());
    return status.phase() == OperationPhase.Succeeded
        && work != null
        && work.children().contains(ref);
  }

  /** The effect looks itself, and does nothing where nothing is to be put back. */
  private static boolean wasLookedFor(Scope scope, RestoreChild action) {
    String approval = Handover.key(action.operation(), action.child());
    return Effects.succeeded(scope, action.key())
        || scope.input().ledger().outcome(approval).isPresent();
  }

  private static Turn toRestore(Scope scope, OperationStatus status, RestoreChild action) {
    if (Effects.succeeded(scope, action.key())) {
      return Turn.goesOn(status, List.of()).wakingAt(scope.now().plusSeconds(2));
    }
    if (status.retryAt() != null && scope.now().isBefore(status.retryAt())) {
      return Turn.goesOn(status, List.of()).wakingAt(status.retryAt());
    }
    return Turn.goesOn(status, scope.held() ? List.of() : List.of(action));
  }
}
