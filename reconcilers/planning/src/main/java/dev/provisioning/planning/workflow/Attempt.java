package dev.provisioning.planning.workflow;

import dev.provisioning.api.workflow.OperationPhase;
import dev.provisioning.api.workflow.OperationStatus;
import dev.provisioning.api.workflow.UndoStatus;
import dev.provisioning.api.workflow.UndoType;
import dev.provisioning.spi.model.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One try to carry an operation forward: how it begins, how it stands, what a failure leads to. */
record Attempt(Scope scope, Work work) {
  /** A script ends itself on its machine at its timeout; this is for machines that never answer. */
  private static final Duration GRACE = Duration.ofSeconds(60);

  /** With what it is about, and how that is taken back: recorded before any effect. */
  OperationStatus begun(OperationStatus before) {
    String hash = scope.inputsHash(work);
    OperationStatus status =
        before.with(
            b ->
                b.phase(OperationPhase.Running)
                    .attempt(ScriptBundle.number(before.attempt()) + 1)
                    .uncounted(edited(before) ? before.attempt() : before.uncounted())
                    .startedAt(scope.now())
                    .finishedAt(null)
                    .retryAt(null)
                    .progress(null)
                    .reason(null)
                    .message(null)
                    .logTail(null)
                    .inputsHash(work.type() == Work.Type.WAIT ? null : hash));
    return prepared(status);
  }

  /** Since its last try began: what that one failed at says nothing of the next. */
  private boolean edited(OperationStatus before) {
    return before.attempt() != null
        && (scope.edited(work, before) || Ending.EDITED.reason().equals(before.reason()));
  }

  /** Why it cannot begin after what is recorded in {@code before}. */
  Optional<Failure> problem(OperationStatus before) {
    if (work.type().applies()) {
      return Applying.problem(work, before.children());
    }
    return work.type() == Work.Type.SCRIPT
        ? ScriptTargets.problem(scope, work, before.servers())
        : Optional.empty();
  }

  /** Names of effects in the ledger that do not say which try they belong to. */
  List<String> effects(OperationStatus before) {
    if (work.type() == Work.Type.DELETE) {
      ChildRef ref = work.children().getFirst();
      return List.of(Deleting.action(scope, work.name(), ref, false).key());
    }
    return before.children().stream()
        .map(child -> Applying.key(work.name(), new ChildRef(child.kind(), child.name())))
        .toList();
  }

  private OperationStatus prepared(OperationStatus status) {
    OperationStatus next = status;
    boolean creates = false;
    if (work.type().applies()) {
      next = next.withChildren(Applying.children(scope, work, status.children()));
      creates = next.children().stream().anyMatch(c -> Boolean.TRUE.equals(c.created()));
    }
    if (work.type() == Work.Type.SCRIPT) {
      next = next.withServers(ScriptTargets.of(scope, work, status.servers()));
    }
    Optional<UndoType> undo = work.undo(creates);
    UndoStatus recorded =
        undo.map(type -> new UndoStatus(type, null, undoAttempts(status), null)).orElse(null);
    return next.withUndo(recorded);
  }

  /** An undo that was tried before is another one next time. */
  private static Integer undoAttempts(OperationStatus status) {
    return status.undo() == null ? null : status.undo().attempt();
  }

  /** What this pass brings; whoever takes longer than it may has failed. */
  Turn turn(OperationStatus status) {
    Turn turn = scope.edited(work, status) ? rest(status) : carriedOn(status);
    boolean late =
        turn.end() instanceof Turn.GoesOn
            && deadline(turn.status()).filter(end -> !scope.now().isBefore(end)).isPresent();
    return late ? timedOut(turn.status()) : turn;
  }

  /**
   * What was edited while it ran: no effect that is not there yet, because it would be that of
   * another wish under the approval of this one; what is under way on machines comes to its end.
   */
  private Turn rest(OperationStatus status) {
    return switch (work.type()) {
      case SERVER, SERVERS, TASK_SERV, CLUSTER, UPGRADE, SCALE ->
          Applying.isOver(scope, work, status) ? Turn.done(status) : Turn.edited(status);
      case DELETE -> Turn.edited(status);
      case SCRIPT -> Scripts.turn(scope, work, status);
      case APPROVAL, WAIT -> carriedOn(status); // a question or a wait in other words
    };
  }

  private Turn carriedOn(OperationStatus status) {
    return switch (work.type()) {
      case SERVER, SERVERS, TASK_SERV, CLUSTER, UPGRADE, SCALE ->
          Applying.turn(scope, work, status);
      case DELETE -> Deleting.turn(scope, work, status);
      case SCRIPT -> Scripts.turn(scope, work, status);
      case APPROVAL -> Waiting.approval(scope, work, status);
      case WAIT -> Waiting.turn(scope, work, status);
    };
  }

  /** Empty: it may take any time, or is held back. */
  Optional<Instant> deadline(OperationStatus status) {
    boolean unlimited = // people sleep
        work.operation().timeout() == null && work.type() == Work.Type.APPROVAL;
    Duration patience =
        work.type() == Work.Type.SCRIPT ? work.timeout().plus(GRACE) : work.timeout();
    return unlimited || scope.held()
        ? Optional.empty()
        : Optional.of(scope.countsFrom(status.startedAt()).plus(patience));
  }

  private Turn timedOut(OperationStatus status) {
    String was = status.message() == null ? "" : ": " + status.message();
    String limit = work.timeout().toString().substring(2).toLowerCase(Locale.ROOT);
    boolean repeatable =
        work.type() != Work.Type.SCRIPT
            || Boolean.TRUE.equals(work.operation().script().idempotent());
    return Turn.failed(
        status,
        new Failure.Permanent("TimedOut", "it took longer than %s%s".formatted(limit, was)),
        repeatable);
  }

  /** Ready for another try at its retryAt, or failed for good. */
  OperationStatus failed(OperationStatus status, Turn.Failed failed) {
    Failure why = failed.why();
    Retries retries = Retries.of(scope.input().spec(), work);
    int tries = status.attempt() - ScriptBundle.number(status.uncounted());
    if (!failed.repeatable() || tries >= retries.maxAttempts()) {
      return new Ending(OperationPhase.Failed, why.reason(), why.message()).of(status, scope.now());
    }
    String message =
        "try %d of %d failed: %s".formatted(tries, retries.maxAttempts(), why.message());
    return new Ending(OperationPhase.Ready, why.reason(), message)
        .of(status, scope.now())
        .withRetryAt(scope.now().plus(retries.after(tries)));
  }
}
