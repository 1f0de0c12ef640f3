package dev.provisioning.planning.taskserv;

import dev.provisioning.api.FailedAction;
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
  static Remembered of(TaskServInput input) {
    Fold fold = new Fold(input);
    input
        .status()
        .ifPresent(
            status -> {
              status.failures().stream()
                  .filter(f -> !isLimit(f) || input.now().isBefore(f.retryAt()))
                  .forEach(f -> fold.failures.put(f.action(), f));
              status.servers().forEach(fold::member);
            });
    input.ledger().finished().forEach(fold::other);
    fold.failures.keySet().removeIf(key -> nowhere(input, key));
    return new Remembered(fold.members, fold.failures, fold.made, fold.events);
  }

  /** What failed on a machine whose Server has gone is never tried again, and nobody's concern. */
  private static boolean nowhere(TaskServInput input, String key) {
    String operation = TaskServAction.operationKey("");
    return key.startsWith(operation)
        && input.world().server(key.substring(operation.length())).isEmpty();
  }

  /** No failure of anything: it found no free place, and waits a little. */
  static boolean isLimit(FailedAction failed) {
    return failed.retryAt() != null && TaskServAction.OPERATIONS_LIMITED.equals(failed.reason());
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

  static int attempts(MemberStatus status) {
    return status.attempt() == null ? 0 : status.attempt();
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
      return progress.orElse(null) instanceof OperationReport report
          ? MemberTransitions.running(status, report)
          : status;
    }

    private MemberStatus ended(MemberStatus status, OperationKind kind, Ledger.Outcome outcome) {
      return switch (outcome) {
        case Ledger.Failed failed -> {
          failed(TaskServAction.operationKey(status.name()), failed.failure(), failed.at());
          // Else it is not known whether it runs there: attach again, later.
          boolean started = !failed.failure().reason().equals(TaskServAction.OPERATIONS_LIMITED);
          yield started ? status : MemberTransitions.notStarted(status);
        }
        case Ledger.Succeeded succeeded ->
            succeeded.result().orElse(null) instanceof OperationReport report
                ? reported(status, kind, new MemberTransitions.End(report, seconds(succeeded.at())))
                : status;
      };
    }

    private MemberStatus reported(
        MemberStatus status, OperationKind kind, MemberTransitions.End end) {
      return switch (end.report().state()) {
        case SUCCEEDED -> succeeded(status, kind, end);
        case FAILED -> failed(status, end, "StepFailed");
        case LOST -> failed(status, end, "OperationLost");
        case ABSENT -> {
          failures.remove(TaskServAction.operationKey(status.name()));
          yield MemberTransitions.absent(status);
        }
        case QUEUED, RUNNING -> status;
      };
    }

    private MemberStatus succeeded(
        MemberStatus status, OperationKind kind, MemberTransitions.End end) {
      failures.remove(TaskServAction.operationKey(status.name()));
      made.put(status.name(), end.report().exports());
      boolean uninstalled = kind == OperationKind.UNINSTALL;
      String version = uninstalled ? status.version() : status.desiredVersion();
      events.add(
          new Event(
              false,
              Words.done(kind),
              Words.done(kind, input.ref().name(), version, status.name())));
      return uninstalled
          ? MemberTransitions.uninstalled(status, end)
          : MemberTransitions.installed(status, end);
    }

    private MemberStatus failed(MemberStatus status, MemberTransitions.End end, String reason) {
      StepFailureStatus failure = end.failure(reason);
      String message =
          Words.stepFailed(input.ref().name(), MemberTransitions.at(status, end), failure);
      failed(
          TaskServAction.operationKey(status.name()),
          new Failure.Transient(failure.reason(), message, Duration.ZERO),
          end.at());
      boolean lost = end.report().state() == OperationReport.State.LOST;
      events.add(new Event(true, lost ? failure.reason() : reason, message));
      return MemberTransitions.failed(status, end, failure);
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
  }
}
