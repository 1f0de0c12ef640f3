package dev.provisioning.planning.workspace;

import dev.provisioning.planning.Backoff;
import dev.provisioning.planning.Ledger;
import dev.provisioning.planning.Plan;
import dev.provisioning.planning.Planner;
import dev.provisioning.spi.model.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A Workspace makes at most its login key, and goes only when nothing is in it. */
public final class WorkspacePlanner implements Planner<WorkspaceInput, WorkspaceAction> {
  static final String DELETION_BLOCKED = "DeletionBlocked";
  private static final Duration BROKEN_CHECK = Duration.ofSeconds(30);
  private static final Duration FIRST_ANSWER = Duration.ofSeconds(5);
  private static final Duration BLOCKED_CHECK = Duration.ofSeconds(60);

  @Override
  public Plan<WorkspaceAction> plan(WorkspaceInput input) {
    if (input.ref().deleting()) {
      return deletion(input);
    }
    Duration check = check(input);
    if (input.loginKey() || Boolean.TRUE.equals(input.spec().suspend())) {
      return new Plan<>(List.of(), List.of(), Optional.empty(), Optional.of(check));
    }
    WorkspaceAction make = new WorkspaceAction.MakeLoginKey(secret(input));
    return started(input, make);
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

  /** A failure of this process is retried after a pause; its text is in the plan's blocker. */
  private static Plan<WorkspaceAction> started(WorkspaceInput input, WorkspaceAction action) {
    Optional<Ledger.Outcome> outcome = input.ledger().outcome(action.key());
    if (outcome.orElse(null) instanceof Ledger.Failed(var at, Failure why)) {
      Duration pause = Backoff.after(3, input.ref().uid());
      return new Plan<>(List.of(action), List.of(), Optional.of(why), Optional.of(pause));
    }
    return new Plan<>(
        List.of(action), List.of(action), Optional.empty(), Optional.of(BLOCKED_CHECK));
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
