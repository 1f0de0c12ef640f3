package dev.provisioning.planning.server;

import dev.provisioning.api.Intent;
import dev.provisioning.api.server.AppliedState;
import dev.provisioning.api.server.ServerStatus;
import dev.provisioning.planning.Plan;
import dev.provisioning.planning.server.ServerAction.CreateMachine;
import dev.provisioning.spi.model.IdempotencyKey;
import dev.provisioning.spi.model.Machine;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Intent before effect: what the front is about to do stands in the status before it is done, and
 * stays there until the world shows it.
 */
final class Intents {
  private Intents() {}

  static ServerStatus record(
      ServerInput input, ServerView view, Plan<ServerAction> plan, ServerStatus status) {
    Optional<ServerAction> starting =
        plan.front().stream()
            .filter(ServerAction::onProvider)
            .filter(action -> !input.ledger().isRunning(action.key()))
            .findFirst();
    if (starting.isEmpty()) {
      return status.with(b -> b.intent(kept(input, view, plan, status)));
    }
    ServerAction action = starting.get();
    Instant now = input.now().truncatedTo(ChronoUnit.SECONDS);
    Intent intent = new Intent(action.key(), key(input, view, action).value(), now, null);
    return switch (action) {
      case CreateMachine create -> newborn(input, view, status, create).with(b -> b.intent(intent));
      case ServerAction.AdoptMachine adopt ->
          status.with(b -> b.intent(intent).incarnation(adopt.incarnation()));
      case ServerAction.ChangeMachine change ->
          status.with(b -> b.intent(intent).applied(changing(status.applied(), change.field())));
      case ServerAction.ReplaceMachine a -> status.with(b -> b.intent(intent));
      case ServerAction.DeleteMachine a -> status.with(b -> b.intent(intent));
      case ServerAction.ReleaseMachine a -> status.with(b -> b.intent(intent));
      case ServerAction.PinHostKey a -> status;
      case ServerAction.SwitchHostKey a -> status;
      case ServerAction.ContactMachine a -> status;
      case ServerAction.LetGo a -> status;
    };
  }

  /** The key of the effect: the same for the same try, whoever makes it. */
  static IdempotencyKey key(ServerInput input, ServerView view, ServerAction action) {
    return action instanceof CreateMachine create
        ? create.idempotencyKey()
        : IdempotencyKey.of(input.ref().uid(), view.incarnation(), action.key());
  }

  /** Whatever is known of an earlier machine does not hold for this one. */
  private static ServerStatus newborn(
      ServerInput input, ServerView view, ServerStatus status, CreateMachine create) {
    AppliedState ordered = MachineRecord.ordered(input, input.effective().known().orElseThrow());
    List<dev.provisioning.api.FailedAction> failures =
        view.failures().without(ServerView.LOOK).list();
    ServerStatus next =
        status.with(
            b ->
                b.incarnation(create.incarnation())
                    .resolved(create.resolved())
                    .applied(ordered)
                    .failures(failures));
    if (Integer.valueOf(create.incarnation()).equals(status.incarnation())) {
      return next;
    }
    return next.with(
        b ->
            b.machine(null)
                .addresses(List.of())
                .hostKeys(List.of())
                .bootstrap(null)
                .firstContact(null)
                .facts(null)
                .failures(
                    failures.stream()
                        .filter(f -> !f.action().startsWith(CreateMachine.PREFIX))
                        .toList()));
  }

  private static AppliedState changing(AppliedState applied, String field) {
    if (applied == null || field.isEmpty() || applied.changing().contains(field)) {
      return applied;
    }
    List<String> fields = new ArrayList<>(applied.changing());
    fields.add(field);
    fields.sort(null);
    return applied.with(b -> b.changing(fields));
  }

  private static boolean made(Intent intent) {
    return intent.action().startsWith(CreateMachine.PREFIX)
        || intent.action().startsWith(ServerAction.AdoptMachine.PREFIX);
  }

  /** On its way from one state to another: what it was sent there for is still to be shown. */
  private static boolean moving(Machine machine) {
    return switch (machine.state()) {
      case PENDING, STOPPING, DELETING, UNKNOWN -> true;
      case RUNNING, STOPPED, GONE, ERROR -> false;
    };
  }

  private static Intent kept(
      ServerInput input, ServerView view, Plan<ServerAction> plan, ServerStatus status) {
    Intent intent = status.intent();
    if (intent == null) {
      return null;
    }
    boolean planned = plan.actions().stream().anyMatch(a -> a.key().equals(intent.action()));
    boolean running =
        input.ledger().isRunning(intent.action()) && (view.machine().isEmpty() || !made(intent));
    boolean unseen = view.machine().isEmpty();
    boolean moving = view.machine().filter(Intents::moving).isPresent() && !made(intent);
    return moving
            || view.unsettled()
            || planned
            || running
            || unseen
            || input.machines().known().isEmpty()
        ? intent
        : null;
  }
}
