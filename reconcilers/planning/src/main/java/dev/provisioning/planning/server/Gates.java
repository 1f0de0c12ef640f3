package dev.provisioning.planning.server;

import dev.provisioning.api.FailedAction;
import dev.provisioning.api.Intent;
import dev.provisioning.api.server.PowerState;
import dev.provisioning.planning.Failures;
import dev.provisioning.planning.Plan;
import dev.provisioning.planning.ResourceRef;
import dev.provisioning.planning.Windows;
import dev.provisioning.planning.server.ServerPlanner.Steps;
import dev.provisioning.spi.model.Change;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.MachineState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What stands between a plan and its start: suspension, plan mode, approval, maintenance windows,
 * earlier failures.
 */
final class Gates {
  private static final Duration IDLE = Duration.ofSeconds(60);
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final int SPREAD_SECONDS = 12;
  private static final Duration WATCHED = Duration.ofMinutes(10);
  private static final int WATCHED_SPREAD_SECONDS = 300;

  private Gates() {}

  static Plan<ServerAction> pass(Steps steps, ServerView view, EffectiveServer server) {
    List<ServerAction> actions = steps.actions();
    if (actions.isEmpty()) {
      return new Plan<>(
          actions, List.of(), steps.blocker(), steps.recheckAfter().or(() -> next(view)));
    }
    if (steps.blocker().isPresent()) {
      return new Plan<>(actions, List.of(), steps.blocker(), steps.recheckAfter());
    }
    Optional<Failure> held = held(actions, view, server);
    return held.isPresent()
        ? new Plan<>(actions, List.of(), held, recheck(held.get(), view))
        : started(steps, view);
  }

  /** The first action starts unless an earlier try of it says when. */
  static Plan<ServerAction> started(Steps steps, ServerView view) {
    List<ServerAction> actions = steps.actions();
    if (actions.isEmpty() || steps.blocker().isPresent()) {
      return new Plan<>(actions, List.of(), steps.blocker(), steps.recheckAfter());
    }
    ServerAction first = actions.getFirst();
    Instant now = view.input().now();
    if (view.input().ledger().isRunning(first.key())) {
      return new Plan<>(actions, List.of(first), Optional.empty(), Optional.of(IDLE));
    }
    Optional<FailedAction> failed = view.failures().of(first.key());
    if (failed.isPresent()) {
      FailedAction before = failed.get();
      boolean due = Failures.due(before, now);
      return due
          ? new Plan<>(
              actions, List.of(first), Optional.of(Failures.told(before)), Optional.of(IDLE))
          : new Plan<>(actions, List.of(), Optional.of(Failures.told(before)), wake(before, now));
    }
    if (sentAlready(first, view, now)) {
      Failure waiting =
          new Failure.Waiting(
              ServerReasons.IN_PROGRESS,
              "%s was sent; waiting for the machine to show it".formatted(first.name()),
              ServerPlanner.POLL);
      return new Plan<>(actions, List.of(), Optional.of(waiting), Optional.of(ServerPlanner.POLL));
    }
    return new Plan<>(actions, List.of(first), Optional.empty(), Optional.of(IDLE));
  }

  /** Effects show with a lag: within the settle window of a send there is no second one. */
  private static boolean sentAlready(ServerAction first, ServerView view, Instant now) {
    return first.onProvider()
        && !(first instanceof ServerAction.CreateMachine)
        && view.intent()
            .filter(intent -> intent.action().equals(first.key()))
            .map(Intent::since)
            .filter(since -> now.isBefore(since.plus(ServerView.settle(view.input()))))
            .isPresent();
  }

  private static Optional<Failure> held(
      List<ServerAction> actions, ServerView view, EffectiveServer server) {
    ServerAction first = actions.getFirst();
    if (server.policy().suspended()) {
      return Optional.of(waiting(ServerReasons.SUSPENDED, suspended(view, server)));
    }
    if (server.policy().planOnly()) {
      return Optional.of(
          waiting(
              ServerReasons.PLAN_ONLY,
              "spec.mode is Plan: %d action(s) are shown in status.plan and none is carried out"
                  .formatted(actions.size())));
    }
    if (first instanceof ServerAction.ReplaceMachine replace) {
      return Optional.of(
          new Failure.Denied(
              ServerReasons.REPLACE_REQUIRED,
              ("%s; its disks would be lost. To allow it: kubectl annotate server %s %s=%s;"
                      + " or undo the change")
                  .formatted(
                      replace.description(),
                      view.input().ref().name(),
                      ResourceRef.ALLOW_REPLACE,
                      Approvals.hash(actions, view.input()))));
    }
    boolean gated = actions.stream().anyMatch(ServerAction::onProvider);
    if (server.policy().requireApproval() && gated && !Approvals.approved(actions, view)) {
      return Optional.of(
          waiting(
              ServerReasons.APPROVAL_REQUIRED,
              "the plan waits for approval: kubectl annotate --overwrite server %s %s=%s"
                  .formatted(
                      view.input().ref().name(),
                      ResourceRef.APPROVE_PLAN,
                      Approvals.hash(actions, view.input()))));
    }
    return disturbs(actions, view, server)
        ? Windows.closed(server.workspace(), server.policy().windows(), view.input().now())
        : Optional.empty();
  }

  /**
   * Whether a machine that runs is about to be stopped or ended without its power state being what
   * was asked for. What has begun is carried through.
   */
  private static boolean disturbs(
      List<ServerAction> actions, ServerView view, EffectiveServer server) {
    ServerAction first = actions.getFirst();
    boolean begun =
        view.input().ledger().isRunning(first.key())
            || view.intent().filter(intent -> intent.action().equals(first.key())).isPresent();
    boolean runs = view.machine().filter(m -> m.state() == MachineState.RUNNING).isPresent();
    boolean asked = server.policy().powerState() == PowerState.Stopped;
    boolean stops =
        first instanceof ServerAction.ChangeMachine change
            && change.change().equals(new Change.Power(false));
    return runs && !begun && (first instanceof ServerAction.DeleteMachine || stops && !asked);
  }

  private static Optional<Duration> recheck(Failure held, ServerView view) {
    Optional<Duration> idle = idle(view);
    return held instanceof Failure.Waiting waiting
        ? idle.map(
            usual -> usual.compareTo(waiting.retryAfter()) < 0 ? usual : waiting.retryAfter())
        : idle;
  }

  static String suspended(ServerView view, EffectiveServer server) {
    return Boolean.TRUE.equals(view.input().spec().suspend())
        ? "spec.suspend is true: nothing is done until it is not"
        : "Workspace %s is suspended: nothing is done until it is not"
            .formatted(server.workspace());
  }

  private static Optional<Duration> wake(FailedAction failed, Instant now) {
    return failed.retryAt() == null ? Optional.empty() : Optional.of(Failures.until(failed, now));
  }

  /**
   * An intent that is fulfilled is dropped once it has settled, and only the pass after that counts
   * what is there: others may wait for the room that a smaller machine gave back.
   */
  private static Optional<Duration> next(ServerView view) {
    Instant now = view.input().now();
    return view.intent()
        .map(intent -> Duration.between(now, intent.since().plus(ServerView.settle(view.input()))))
        .map(left -> view.unsettled() && left.compareTo(SOON) > 0 ? left : SOON)
        .or(() -> idle(view));
  }

  /** What is watched wakes its Server: this look is for what no listing shows, like prices. */
  private static Optional<Duration> idle(ServerView view) {
    boolean watched = view.input().watched();
    int spread =
        Math.floorMod(
            view.input().ref().uid().hashCode(), watched ? WATCHED_SPREAD_SECONDS : SPREAD_SECONDS);
    return Optional.of((watched ? WATCHED : IDLE).minusSeconds(spread));
  }

  private static Failure waiting(String reason, String message) {
    return new Failure.Waiting(reason, message, IDLE);
  }
}
