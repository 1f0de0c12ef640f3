package dev.provisioning.planning.taskserv;

import dev.provisioning.api.FailedAction;
import dev.provisioning.api.taskserv.HealthStatus;
import dev.provisioning.api.taskserv.MemberPhase;
import dev.provisioning.api.taskserv.MemberStatus;
import dev.provisioning.api.taskserv.MemberStatusBuilder;
import dev.provisioning.api.taskserv.StepFailureStatus;
import dev.provisioning.planning.Backoff;
import dev.provisioning.planning.FailurePolicy;
import dev.provisioning.planning.Ledger;
import dev.provisioning.planning.Projection.Event;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.OperationReport;
import dev.provisioning.spi.model.SecretValue;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the last status says, and what became of its operations since.
 *
 * @param failures by action key
 * @param made values that operations printed at their end, by Server and name
 */
record Remembered(
    Map<String, MemberStatus> members,
    Map<String, FailedAction> failures,
    Map<String, Map<String, SecretValue>> made,
    List<Event> events) {
  private static final int PROGRESS_STEP = 5;

  static Remembered of(TaskServInput input) {
    Fold fold = new Fold(input);
    input
        .status()
        .ifPresent(
            status -> {
              status.failures().forEach(f -> fold.failures.put(f.action(), f));
              status.servers().forEach(fold::member);
            });
    input.ledger().finished().forEach(fold::other);
    return new Remembered(fold.members, fold.failures, fold.made, fold.events);
  }

  MemberStatus member(String name) {
    MemberStatus known = members.get(name);
    return known == null
        ? MemberStatusBuilder.builder().name(name).phase(MemberPhase.Pending).build()
        : known;
  }

  /** Names of the values that the operation which just ended on a Server printed. */
  Set<String> made(String server) {
    return made.getOrDefault(server, Map.of()).keySet();
  }

  /** When the action may be tried again; empty: now. */
  Optional<Instant> retryAt(String key) {
    return Optional.ofNullable(failures.get(key)).map(FailedAction::retryAt);
  }

  static Instant seconds(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS);
  }

  private static final class Fold {
    private final TaskServInput input;
    private final Map<String, MemberStatus> members = new LinkedHashMap<>();
    private final Map<String, FailedAction> failures = new LinkedHashMap<>();
    private final Map<String, Map<String, SecretValue>> made = new HashMap<>();
    private final List<Event> events = new ArrayList<>();

    Fold(TaskServInput input) {
      this.input = input;
    }

    void member(MemberStatus status) {
      String key = TaskServAction.operationKey(status.name());
      Optional<OperationKind> kind = Phases.inFlight(status);
      MemberStatus now = status;
      if (kind.isPresent()) {
        if (input.ledger().isRunning(key)) {
          now = running(status, input.ledger().running().get(key));
        } else if (input.ledger().outcome(key).isPresent()) {
          now = ended(status, kind.get(), input.ledger().outcome(key).get());
        }
      }
      members.put(status.name(), now);
    }

    /** Actions that are no operations on machines. */
    void other(String key, Ledger.Outcome outcome) {
      if (key.startsWith("op/")) {
        return;
      }
      switch (outcome) {
        case Ledger.Succeeded s -> failures.remove(key);
        case Ledger.Failed f -> failed(key, f.failure(), f.at());
      }
    }

    private static MemberStatus running(MemberStatus status, Optional<Object> progress) {
      if (progress.isEmpty() || !(progress.get() instanceof OperationReport report)) {
        return status;
      }
      String text = report.text().length() > 256 ? report.text().substring(0, 256) : report.text();
      return status.with(
          b ->
              b.step(report.step().isEmpty() ? null : report.step())
                  .stepIndex(report.stepIndex())
                  .stepCount(report.stepCount())
                  .progress(report.progress() / PROGRESS_STEP * PROGRESS_STEP)
                  .text(text.isEmpty() ? null : text));
    }

    private MemberStatus ended(MemberStatus status, OperationKind kind, Ledger.Outcome outcome) {
      String key = TaskServAction.operationKey(status.name());
      return switch (outcome) {
        case Ledger.Failed failed -> {
          // Whether it runs there is not known: attach again, later.
          failed(key, failed.failure(), failed.at());
          yield status;
        }
        case Ledger.Succeeded succeeded -> {
          if (succeeded.result().orElse(null) instanceof OperationReport report) {
            yield reported(status, kind, new End(report, seconds(succeeded.at())));
          }
          yield status;
        }
      };
    }

    private record End(OperationReport report, Instant at) {}

    private MemberStatus reported(MemberStatus status, OperationKind kind, End end) {
      return switch (end.report().state()) {
        case SUCCEEDED -> succeeded(status, kind, end);
        case FAILED -> failed(status, end, true);
        case LOST -> failed(status, end, false);
        case ABSENT -> {
          failures.remove(TaskServAction.operationKey(status.name()));
          yield idle(status)
              .with(b -> b.phase(MemberPhase.Pending).attempt(Math.max(0, attempts(status) - 1)));
        }
        case QUEUED, RUNNING -> status;
      };
    }

    private MemberStatus succeeded(MemberStatus status, OperationKind kind, End end) {
      failures.remove(TaskServAction.operationKey(status.name()));
      made.put(status.name(), end.report().exports());
      String version = kind == OperationKind.UNINSTALL ? status.version() : status.desiredVersion();
      events.add(
          new Event(
              false,
              Words.done(kind),
              Words.done(kind, input.ref().name(), version, status.name())));
      if (kind == OperationKind.UNINSTALL) {
        return idle(status)
            .with(
                b ->
                    b.phase(MemberPhase.Uninstalled)
                        .version(null)
                        .configHash(null)
                        .desiredVersion(null)
                        .desiredConfigHash(null)
                        .health(null)
                        .lastFailure(null)
                        .attempt(null)
                        .warnings(warnings(end.report()))
                        .finishedAt(end.at()));
      }
      return idle(status)
          .with(
              b ->
                  b.phase(MemberPhase.Ready)
                      .version(status.desiredVersion())
                      .configHash(status.desiredConfigHash())
                      .desiredVersion(null)
                      .desiredConfigHash(null)
                      .health(new HealthStatus(true, end.at(), List.of()))
                      .lastFailure(null)
                      .attempt(null)
                      .warnings(warnings(end.report()))
                      .finishedAt(end.at()));
    }

    private MemberStatus failed(MemberStatus status, End end, boolean counted) {
      StepFailureStatus failure = stepFailure(end, counted);
      int count = end.report().stepCount();
      int index = end.report().stepIndex();
      MemberStatus at = status.with(b -> b.stepIndex(index).stepCount(count));
      String message = Words.stepFailed(input.ref().name(), at, failure);
      failed(
          TaskServAction.operationKey(status.name()),
          new Failure.Transient(failure.reason(), message, Duration.ZERO),
          end.at());
      events.add(new Event(true, counted ? "StepFailed" : failure.reason(), message));
      return idle(status)
          .with(
              b ->
                  b.phase(MemberPhase.Failed)
                      .lastFailure(failure)
                      .warnings(warnings(end.report()))
                      .finishedAt(end.at()));
    }

    private static StepFailureStatus stepFailure(End end, boolean counted) {
      OperationReport report = end.report();
      if (report.failure().isPresent()) {
        OperationReport.StepFailure f = report.failure().get();
        return new StepFailureStatus(
            f.step(), f.exitCode(), f.reason(), f.message(), f.logTail(), end.at());
      }
      return new StepFailureStatus(
          report.step(),
          null,
          counted ? "StepFailed" : "OperationLost",
          report.text(),
          List.of(),
          end.at());
    }

    private void failed(String key, Failure failure, Instant at) {
      FailedAction old = failures.get(key);
      int count = old == null ? 1 : old.count() + 1;
      FailurePolicy policy = FailurePolicy.of(failure, count, input.ref().uid() + key);
      Duration wait = policy.retryAfter().orElse(Backoff.after(count, input.ref().uid() + key));
      failures.put(
          key,
          new FailedAction(
              key,
              count,
              failure.reason(),
              failure.message(),
              old == null ? seconds(at) : old.since(),
              seconds(at.plus(wait).plusMillis(999)),
              null));
    }

    private static MemberStatus idle(MemberStatus status) {
      return status.with(
          b -> b.step(null).stepIndex(null).stepCount(null).progress(null).text(null));
    }

    private static List<String> warnings(OperationReport report) {
      return report.warnings().stream()
          .limit(16)
          .map(text -> text.length() > 500 ? text.substring(0, 500) : text)
          .toList();
    }
  }

  static int attempts(MemberStatus status) {
    return status.attempt() == null ? 0 : status.attempt();
  }
}
