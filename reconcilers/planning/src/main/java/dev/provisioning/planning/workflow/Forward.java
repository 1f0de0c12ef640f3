package dev.provisioning.planning.workflow;

import dev.provisioning.api.workflow.FailureAction;
import dev.provisioning.api.workflow.OperationPhase;
import dev.provisioning.api.workflow.OperationStatus;
import dev.provisioning.planning.Alarm;
import dev.provisioning.spi.model.Failure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Carries operations forward: folds in how running ones stand, starts what may start. */
final class Forward {
  /** Another workflow changed what the operation is about, and is not over. */
  static final String OTHERS = "ChangedByOthers";

  private final Scope scope;
  private final Operations operations;
  private final Schedule schedule;
  private final List<WorkflowAction> front = new ArrayList<>();
  private final Alarm alarm = new Alarm();
  private final List<String> lacking = new ArrayList<>();

  Forward(Scope scope, Operations operations) {
    this.scope = scope;
    this.operations = operations;
    this.schedule = new Schedule(scope, operations);
  }

  List<WorkflowAction> front() {
    return front;
  }

  Optional<Instant> wakeAt() {
    return alarm.earliest();
  }

  void fold() {
    for (OperationStatus status : operations.in(OperationPhase.Running)) {
      Work work = scope.graph().works().get(status.name());
      if (work == null) {
        end(status, new Ending(OperationPhase.Cancelled, "NotInSpec", "it left the spec"));
      } else if (!work.type().records(status)) {
        end(status, Ending.REPLACED);
      } else {
        Attempt attempt = new Attempt(scope, work);
        take(attempt, attempt.turn(status));
      }
    }
  }

  /** What waits for nothing but a place. */
  List<String> lacking() {
    return lacking;
  }

  /**
   * Starts what may start and has a place. What has no effect ends at once, and what waited for
   * nothing else starts in the same write: a thousand no-ops are no thousand checkpoints.
   */
  void start() {
    settle();
    int places = schedule.places();
    List<Work> wave = schedule.candidates();
    while (!wave.isEmpty()) {
      List<String> over = new ArrayList<>();
      for (Work work : wave) {
        boolean takes = Schedule.takesPlace(work);
        if (!isDue(work)) {
          continue;
        }
        if (takes && places <= 0) {
          lacking.add(work.name());
          continue;
        }
        begin(work);
        OperationPhase phase = operations.get(work.name()).phase();
        places -= takes && phase == OperationPhase.Running ? 1 : 0;
        over.addAll(frees(phase) ? List.of(work.name()) : List.of());
      }
      wave = schedule.freed(over);
    }
    settle();
  }

  private boolean frees(OperationPhase phase) {
    return phase == OperationPhase.Succeeded
        || Operations.isOver(phase) && scope.input().spec().onFailure() == FailureAction.Continue;
  }

  /**
   * Not before its time, nor while others, or an effect of an earlier try, are to be waited for.
   */
  private boolean isDue(Work work) {
    OperationStatus status = operations.get(work.name());
    if (!schedule.due(work)) {
      alarm.set(status.retryAt());
      return false;
    }
    Optional<String> other = Applying.waitsFor(scope, work);
    if (other.isPresent()) {
      operations.put(
          status.with(b -> b.reason(OTHERS).message(Steps.shortened(other.get())).retryAt(null)));
      return false;
    }
    if (OTHERS.equals(status.reason())) {
      operations.put(status.with(b -> b.reason(null).message(null)));
    }
    return isAnswered(new Attempt(scope, work), status);
  }

  /** What an earlier try was told is no answer to the next, which may want something else. */
  private boolean isAnswered(Attempt attempt, OperationStatus status) {
    List<String> keys = attempt.effects(status);
    boolean told = keys.stream().anyMatch(key -> scope.input().ledger().outcome(key).isPresent());
    boolean runs = keys.stream().anyMatch(scope.input().ledger().running()::containsKey);
    if (told && !runs) {
      alarm.set(scope.now());
    }
    return !told && !runs;
  }

  /** Nothing starts; what could is Ready, what cannot any more is Skipped. */
  void settle() {
    for (String name : scope.graph().dag().order()) {
      Work work = scope.graph().works().get(name);
      OperationStatus status = operations.get(name);
      if (!isStartable(status)) {
        continue;
      }
      Optional<String> lost = schedule.lost(work);
      if (lost.isPresent()) {
        end(status, new Ending(OperationPhase.Skipped, "DependencyFailed", because(lost.get())));
      } else {
        boolean ready = status.retryAt() != null || schedule.blockers(work).isEmpty();
        operations.put(status.withPhase(ready ? OperationPhase.Ready : OperationPhase.Pending));
      }
    }
  }

  private static boolean isStartable(OperationStatus status) {
    return status.phase() == OperationPhase.Pending || status.phase() == OperationPhase.Ready;
  }

  /** Stops waiting for what can be left alone; scripts on machines are let finish. */
  void abandon() {
    for (OperationStatus status : operations.all()) {
      boolean waits = isStartable(status) && Operations.mayHaveEffects(status);
      boolean runs = status.phase() == OperationPhase.Running && !isScript(status);
      if (waits || runs) {
        end(
            status,
            new Ending(OperationPhase.Cancelled, "Stopped", "it was not waited for any longer"));
      } else if (status.phase() == OperationPhase.Ready) {
        operations.put(status.withPhase(OperationPhase.Pending));
      }
    }
    followScriptsOnly();
  }

  void cancelRest() {
    for (OperationStatus status : operations.in(OperationPhase.Pending)) {
      operations.put(status.with(b -> b.phase(OperationPhase.Cancelled).reason("Cancelled")));
    }
  }

  /**
   * The time of the whole is over: what runs has failed, but for scripts that still run, and
   * nothing more begins before a resume.
   */
  void timeOut() {
    Ending late =
        new Ending(
            OperationPhase.Failed, Span.TIMED_OUT, "the time of the whole workflow was over");
    operations.in(OperationPhase.Running).stream()
        .filter(status -> !isScript(status))
        .forEach(status -> end(status, late));
    followScriptsOnly();
    settle();
    Ending never =
        new Ending(
            OperationPhase.Cancelled,
            Span.TIMED_OUT,
            "the time of the whole workflow was over before it could begin");
    operations.all().stream().filter(Forward::isStartable).forEach(status -> end(status, never));
  }

  private void followScriptsOnly() {
    front.removeIf(action -> !(action instanceof WorkflowAction.RunScript));
  }

  private boolean isScript(OperationStatus status) {
    Work work = scope.graph().works().get(status.name());
    return work != null && work.type() == Work.Type.SCRIPT;
  }

  private void begin(Work work) {
    OperationStatus status = operations.get(work.name());
    if (!work.type().records(status)) {
      end(status, Ending.REPLACED);
      return;
    }
    Attempt attempt = new Attempt(scope, work);
    OperationStatus begun = attempt.begun(status);
    Optional<Failure> problem = attempt.problem(status);
    if (problem.isPresent()) {
      Failure why = problem.get();
      take(attempt, Turn.failed(begun, why, Effects.repeatable(why)));
    } else {
      take(attempt, attempt.turn(begun));
    }
  }

  private void take(Attempt attempt, Turn turn) {
    switch (turn.end()) {
      case Turn.Done done -> {
        end(turn.status(), Ending.SUCCESS);
        alarm.set(scope.now());
      }
      case Turn.Failed failed -> {
        OperationStatus next = attempt.failed(turn.status(), failed);
        operations.put(next);
        alarm.set(next.retryAt() == null ? scope.now() : next.retryAt());
      }
      case Turn.Edited edited -> end(turn.status(), Ending.EDITED);
      case Turn.GoesOn goesOn -> {
        operations.put(turn.status());
        front.addAll(turn.actions());
        turn.wakeAt().ifPresent(alarm::set);
        attempt.deadline(turn.status()).ifPresent(alarm::set);
      }
    }
  }

  private void end(OperationStatus status, Ending ending) {
    operations.put(ending.of(status, scope.now()));
  }

  private String because(String lost) {
    return switch (operations.get(lost).phase()) {
      case Skipped -> lost + " was skipped";
      case Cancelled -> lost + " was cancelled";
      default -> lost + " failed";
    };
  }
}
