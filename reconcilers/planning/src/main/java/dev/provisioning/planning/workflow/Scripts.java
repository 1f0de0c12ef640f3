package dev.provisioning.planning.workflow;

import dev.provisioning.api.workflow.OperationStatus;
import dev.provisioning.api.workflow.ScriptTarget;
import dev.provisioning.api.workflow.TargetPhase;
import dev.provisioning.planning.workflow.WorkflowAction.RunScript;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.OperationId;
import dev.provisioning.spi.model.OperationReport;
import dev.provisioning.spi.model.OperationReport.StepFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A script runs on machines, all at once, or the script that takes it back. */
final class Scripts {
  private static final int LINE_MAX = 1_000;

  private final Scope scope;
  private final Work work;
  private final boolean undo;
  private final boolean edited;
  private final List<WorkflowAction> actions = new ArrayList<>();
  private final List<ScriptTarget> targets = new ArrayList<>();
  private OperationStatus status;
  private Optional<Failure> failure = Optional.empty();
  private Optional<String> message = Optional.empty();
  private boolean cutOff;
  private int progress;
  private int open;

  private Scripts(Scope scope, Work work, OperationStatus status, boolean undo) {
    this.scope = scope;
    this.work = work;
    this.status = status;
    this.undo = undo;
    this.edited = !undo && scope.edited(work, status);
  }

  static Turn turn(Scope scope, Work work, OperationStatus status) {
    return new Scripts(scope, work, status, false).turn();
  }

  static Turn undo(Scope scope, Work work, OperationStatus status) {
    return new Scripts(scope, work, status, true).turn();
  }

  private Turn turn() {
    cutOff = !undo && Ending.EDITED.reason().equals(status.reason());
    failure = failedBefore();
    status.servers().forEach(target -> targets.add(look(target)));
    status = status.withServers(targets);
    return open > 0 ? goesOn() : ended();
  }

  /** On one machine it failed, and on others it still ran when that was written. */
  private Optional<Failure> failedBefore() {
    return undo || cutOff
        ? Optional.empty()
        : Optional.ofNullable(status.reason())
            .map(reason -> new Failure.Permanent(reason, status.message()));
  }

  private Turn goesOn() {
    int done = targets.size() - open;
    int percent = Steps.rounded((100 * done + progress) / targets.size());
    String reason = failure.map(Failure::reason).orElse(cutOff ? Ending.EDITED.reason() : null);
    Optional<String> said = failure.map(Failure::message).or(() -> message);
    OperationStatus next =
        status.with(
            b ->
                b.reason(undo ? null : reason)
                    .message(Steps.shortened(undo ? message : said))
                    .progress(percent == 0 ? null : percent));
    Turn turn = Turn.goesOn(next, actions);
    return next.retryAt() != null && actions.isEmpty() && scope.now().isBefore(next.retryAt())
        ? turn.wakingAt(next.retryAt())
        : turn;
  }

  private Turn ended() {
    boolean repeatable = !undo && Boolean.TRUE.equals(work.operation().script().idempotent());
    if (failure.isPresent()) {
      return Turn.failed(status, failure.get(), repeatable);
    }
    return cutOff ? Turn.edited(status) : Turn.done(status);
  }

  private ScriptTarget look(ScriptTarget target) {
    boolean ended =
        target.phase() == TargetPhase.Undone || !undo && target.phase() != TargetPhase.Running;
    if (ended) {
      return target;
    }
    Optional<ChildFacts> server =
        Optional.ofNullable(scope.input().around().servers().get(target.name()));
    if (server.isEmpty()) {
      return undo
          ? target.withPhase(TargetPhase.Undone) // nothing is left to take back
          : fail(
              target,
              new Failure.Permanent(
                  "ServerNotFound", "Server " + target.name() + " does not exist"));
    }
    RunScript action = action(server.get());
    Optional<Object> result = Effects.result(scope, action.key());
    if (result.isPresent()) {
      return ended(target, action, (OperationReport) result.get());
    }
    Optional<Failure> unreachable = Effects.failure(scope, action.key());
    if (unreachable.isPresent()) {
      return unreachable(target, unreachable.get());
    }
    open++;
    follow(action, target);
    return target;
  }

  private void follow(RunScript action, ScriptTarget target) {
    boolean later = status.retryAt() != null && scope.now().isBefore(status.retryAt());
    if (!later) {
      actions.add(action);
    }
    Optional<OperationReport> heard =
        scope.input().ledger().running().getOrDefault(action.key(), Optional.empty()).stream()
            .filter(OperationReport.class::isInstance)
            .map(OperationReport.class::cast)
            .findFirst();
    if (heard.isPresent()) {
      progress += heard.get().progress();
      if (heard.get().state() == OperationReport.State.QUEUED) {
        say("on %s: %s".formatted(target.name(), heard.get().text()));
      }
    } else if (later || status.message() != null) {
      // Until it answers, the trouble of before is what is known: each change costs a write.
      say(Optional.ofNullable(status.message()).orElse("is tried again soon"));
    }
  }

  private ScriptTarget ended(ScriptTarget target, RunScript action, OperationReport report) {
    return switch (report.state()) {
      case SUCCEEDED -> target.withPhase(undo ? TargetPhase.Undone : TargetPhase.Succeeded);
      case FAILED, LOST -> fail(target, why(target, report));
      case ABSENT, QUEUED, RUNNING -> {
        if (edited && report.state() == OperationReport.State.ABSENT) {
          yield notStarted(target);
        }
        open++;
        if (!scope.held()) {
          actions.add(action);
        }
        yield target;
      }
    };
  }

  /** It was edited before it began there. */
  private ScriptTarget notStarted(ScriptTarget target) {
    cutOff = true;
    return target.withPhase(TargetPhase.Failed);
  }

  private Failure why(ScriptTarget target, OperationReport report) {
    String what = undo ? "rollback" : "script";
    if (report.failure().isEmpty()) {
      return new Failure.Permanent(
          "ScriptLost",
          "%s on %s was cut off, and nobody knows how far it came".formatted(what, target.name()));
    }
    StepFailure step = report.failure().get();
    status = status.withLogTail(step.logTail().stream().map(Scripts::shortLine).limit(20).toList());
    return new Failure.Permanent(
        "ScriptFailed",
        "%s on %s ended with exit %d: %s"
            .formatted(what, target.name(), step.exitCode(), step.message()));
  }

  private static String shortLine(String line) {
    return line.length() <= LINE_MAX ? line : line.substring(0, LINE_MAX);
  }

  private ScriptTarget unreachable(ScriptTarget target, Failure why) {
    Optional<Duration> again =
        Effects.again(why)
            .or(
                () ->
                    why instanceof Failure.Denied || why instanceof Failure.Conflict
                        ? Optional.of(Duration.ofSeconds(60))
                        : Optional.empty());
    if (again.isEmpty()) {
      return fail(target, why);
    }
    open++;
    Instant at = scope.now().plus(again.get()).plusSeconds(1);
    status = status.withRetryAt(at);
    say("on %s: %s".formatted(target.name(), why.message()));
    return target;
  }

  /** The undo stays to be done; a try that failed is over on this machine. */
  private ScriptTarget fail(ScriptTarget target, Failure why) {
    failure = failure.or(() -> Optional.of(why));
    return undo ? target : target.withPhase(TargetPhase.Failed);
  }

  private RunScript action(ChildFacts server) {
    int attempt =
        undo ? ScriptBundle.number(status.undo().attempt()) : ScriptBundle.number(status.attempt());
    String tryName =
        String.join(
            "/",
            scope.uid(),
            work.name(),
            status.inputsHash(),
            String.valueOf(attempt),
            undo ? "undo" : "run");
    return new RunScript(
        work.name(),
        server.ref().name(),
        undo,
        OperationId.of(server.uid(), server.incarnation(), tryName),
        ScriptBundle.of(scope, work, server, undo),
        Optional.of(work.timeout()),
        scope.held() || edited,
        Texts.script(work, server.ref().name(), undo));
  }

  private void say(String text) {
    message = message.or(() -> Optional.of(text));
  }
}
