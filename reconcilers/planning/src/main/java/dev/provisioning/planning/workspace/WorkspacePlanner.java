package dev.provisioning.planning.workspace;

import dev.provisioning.api.FailedAction;
import dev.provisioning.api.workspace.WorkspaceStatus;
import dev.provisioning.planning.Failures;
import dev.provisioning.planning.Ledger;
import dev.provisioning.planning.Plan;
import dev.provisioning.planning.Planner;
import dev.provisioning.planning.Windows;
import dev.provisioning.spi.model.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A Workspace makes at most its login key, and goes only when nothing is in it. */
public final class WorkspacePlanner implements Planner<WorkspaceInput, WorkspaceAction> {
  static final String DELETION_BLOCKED = "DeletionBlocked";
  static final String SUSPENDED = "Suspended";
  private static final Duration BROKEN_CHECK = Duration.ofSeconds(30);
  private static final Duration FIRST_ANSWER = Duration.ofSeconds(5);
  private static final Duration BLOCKED_CHECK = Duration.ofSeconds(60);
  private static final Failure HELD =
      new Failure.Waiting(
          SUSPENDED, "spec.suspend is true: nothing is done until it is not", BLOCKED_CHECK);

  @Override
  public Plan<WorkspaceAction> plan(WorkspaceInput input) {
    if (input.ref().deleting()) {
      return deletion(input);
    }
    Duration check = check(input);
    Optional<Failure> invalid = Windows.invalid(Presets.policy(input.spec()).windows());
    if (invalid.isPresent()) {
      return Plan.blocked(invalid.get(), check);
    }
    if (input.loginKey()) {
      return new Plan<>(List.of(), List.of(), Optional.empty(), Optional.of(check));
    }
    WorkspaceAction make = new WorkspaceAction.MakeLoginKey(secret(input));
    return Boolean.TRUE.equals(input.spec().suspend())
        ? new Plan<>(List.of(make), List.of(), Optional.of(HELD), Optional.of(check))
        : started(input, make);
  }

  /** Where the key is that this Workspace makes for itself. */
  public static String secret(WorkspaceInput input) {
    return input.ref().name() + "-ssh";
  }

  private static Plan<WorkspaceAction> deletion(WorkspaceInput input) {
    if (!input.residents().isEmpty()) {
      return Plan.blocked(
          new Failure.Waiting(
              DELETION_BLOCKED,
              "Workspace %s cannot be deleted while these are in it: %s; delete them first"
                  .formatted(input.ref().name(), some(input.residents())),
              BLOCKED_CHECK),
          BLOCKED_CHECK);
    }
    return started(input, new WorkspaceAction.Release());
  }

  /** A failed action is tried again after its pause, which the status keeps. */
  private static Plan<WorkspaceAction> started(WorkspaceInput input, WorkspaceAction action) {
    Optional<FailedAction> before = failures(input).of(action.key());
    if (before.isEmpty() || input.ledger().isRunning(action.key())) {
      return new Plan<>(
          List.of(action), List.of(action), Optional.empty(), Optional.of(BLOCKED_CHECK));
    }
    FailedAction failed = before.get();
    Optional<Failure> told = Optional.of(Failures.told(failed));
    if (Failures.due(failed, input.now())) {
      return new Plan<>(List.of(action), List.of(action), told, Optional.of(BLOCKED_CHECK));
    }
    Optional<Duration> pause =
        Optional.ofNullable(failed.retryAt()).map(at -> Failures.until(failed, input.now()));
    return new Plan<>(List.of(action), List.of(), told, pause);
  }

  /** Those of the last status, with the outcomes of this process; a new spec forgets them. */
  static Failures failures(WorkspaceInput input) {
    Failures failures =
        new Failures(
            input
                .status()
                .filter(old -> Objects.equals(old.observedGeneration(), input.ref().generation()))
                .map(WorkspaceStatus::failures)
                .orElse(List.of()));
    for (Map.Entry<String, Ledger.Outcome> ended : input.ledger().finished().entrySet()) {
      failures =
          switch (ended.getValue()) {
            case Ledger.Succeeded done -> failures.without(ended.getKey());
            case Ledger.Failed(Instant at, Failure why) ->
                failures.with(
                    ended.getKey(), why, new Failures.Moment(at, input.ref().uid()), Duration.ZERO);
          };
    }
    return failures;
  }

  private static Duration check(WorkspaceInput input) {
    if (input.providers().stream().anyMatch(p -> p.probe().isEmpty())) {
      return FIRST_ANSWER;
    }
    boolean broken = input.providers().stream().anyMatch(WorkspaceInput.ProviderFact::broken);
    return broken ? BROKEN_CHECK : input.providerCheck();
  }

  private static String some(List<String> names) {
    int shown = Math.min(names.size(), 5);
    String text = String.join(", ", names.subList(0, shown));
    return names.size() > shown ? text + " and " + (names.size() - shown) + " more" : text;
  }
}
