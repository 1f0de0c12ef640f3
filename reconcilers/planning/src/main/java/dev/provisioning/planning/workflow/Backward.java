package dev.provisioning.planning.workflow;

import dev.provisioning.api.DurationText;
import dev.provisioning.api.workflow.OperationPhase;
import dev.provisioning.api.workflow.OperationStatus;
import dev.provisioning.api.workflow.RollbackPhase;
import dev.provisioning.api.workflow.RollbackStatus;
import dev.provisioning.api.workflow.UndoPhase;
import dev.provisioning.api.workflow.UndoType;
import dev.provisioning.planning.Alarm;
import dev.provisioning.spi.model.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes operations back, each after all that depends on it, each once. */
final class Backward {
  private final Scope scope;
  private final Operations operations;
  private final RollbackStatus rollback;
  private final UndoOrder order;
  private final List<WorkflowAction> front = new ArrayList<>();
  private final Alarm alarm = new Alarm();
  private final List<String> lacking = new ArrayList<>();

  Backward(Scope scope, Operations operations, RollbackStatus rollback) {
    this.scope = scope;
    this.operations = operations;
    this.rollback = rollback;
    this.order = new UndoOrder(scope, operations, rollback.operations());
  }

  List<WorkflowAction> front() {
    return front;
  }

  Optional<Instant> wakeAt() {
    return alarm.earliest();
  }

  /** What could be taken back, had it a place. */
  List<String> lacking() {
    return lacking;
  }

  RollbackStatus run() {
    operations.all().stream().filter(UndoOrder::isUnderWay).forEach(this::take);
    if (order.count(UndoPhase.Failed) == 0 && !scope.held()) {
      start();
    }
    return told();
  }

  private void start() {
    int places = new Schedule(scope, operations).places();
    for (OperationStatus status : order.next()) {
      if (status.undo() == null) {
        operations.put(
            status.with(b -> b.phase(OperationPhase.RolledBack).reason(null).message(null)));
        alarm.set(scope.now());
      } else if (status.undo().type() == UndoType.Irreversible) {
        operations.put(
            status.with(
                b ->
                    b.undo(status.undo().withPhase(UndoPhase.Left))
                        .message("irreversible: left as it is")));
        alarm.set(scope.now());
      } else if (places > 0) {
        places--;
        take(begun(status));
      } else {
        lacking.add(status.name());
      }
    }
  }

  private OperationStatus begun(OperationStatus status) {
    return status.with(
        b ->
            b.undo(
                    status
                        .undo()
                        .with(
                            u ->
                                u.phase(UndoPhase.Running)
                                    .attempt(ScriptBundle.number(status.undo().attempt()) + 1)
                                    .startedAt(scope.now())))
                .reason(null)
                .message(null)
                .progress(null)
                .retryAt(null));
  }

  private void take(OperationStatus status) {
    Turn turn = Undoing.turn(scope, status);
    switch (turn.end()) {
      case Turn.Done done -> {
        operations.put(
            turn.status()
                .with(
                    b ->
                        b.phase(OperationPhase.RolledBack)
                            .undo(turn.status().undo().withPhase(UndoPhase.Done))
                            .finishedAt(scope.now())
                            .reason(null)
                            .message(null)
                            .progress(null)
                            .retryAt(null)));
        alarm.set(scope.now());
      }
      case Turn.Failed(Failure why, boolean repeatable) -> failed(turn.status(), why);
      case Turn.Edited edited -> throw new IllegalStateException("an undo follows its record");
      case Turn.GoesOn goesOn -> goesOn(turn);
    }
  }

  private void goesOn(Turn turn) {
    Instant deadline =
        scope.countsFrom(turn.status().undo().startedAt()).plus(patience(turn.status().name()));
    if (!scope.held() && !scope.now().isBefore(deadline)) {
      String was = turn.status().message() == null ? "" : ": " + turn.status().message();
      failed(
          turn.status(),
          new Failure.Permanent("TimedOut", "the undo took longer than it may" + was));
      return;
    }
    operations.put(turn.status());
    front.addAll(turn.actions());
    turn.wakeAt().ifPresent(alarm::set);
    alarm.set(deadline);
  }

  private Duration patience(String name) {
    Work work = scope.graph().works().get(name);
    return work == null ? DurationText.parse("60m") : work.timeout();
  }

  private void failed(OperationStatus status, Failure why) {
    operations.put(
        status.with(
            b ->
                b.undo(status.undo().withPhase(UndoPhase.Failed))
                    .reason(why.reason())
                    .message(Steps.shortened(why.message()))
                    .progress(null)
                    .retryAt(null)));
  }

  private RollbackStatus told() {
    int failures = order.count(UndoPhase.Failed);
    RollbackPhase phase;
    if (order.busy()) {
      phase = RollbackPhase.Running;
    } else if (failures > 0) {
      phase = RollbackPhase.Failed;
    } else {
      phase = order.open() ? RollbackPhase.Running : RollbackPhase.Completed;
    }
    return rollback.with(
        b ->
            b.phase(phase)
                .completed(order.takenBack())
                .failed(failures)
                .left(order.count(UndoPhase.Left))
                .finishedAt(phase == RollbackPhase.Running ? null : scope.now()));
  }
}
