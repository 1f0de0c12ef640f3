package dev.provisioning.planning.taskserv.definition;

import dev.provisioning.planning.Ledger;
import dev.provisioning.planning.Plan;
import dev.provisioning.planning.Planner;
import dev.provisioning.planning.taskserv.definition.DefinitionAction.Hold;
import dev.provisioning.planning.taskserv.definition.DefinitionAction.KeepRevision;
import dev.provisioning.planning.taskserv.definition.DefinitionAction.LetGo;
import dev.provisioning.planning.taskserv.design.Versions;
import dev.provisioning.spi.model.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A definition in use stays; what it was stays known, so that services can go back to it. */
public final class DefinitionPlanner implements Planner<DefinitionInput, DefinitionAction> {
  static final String DELETION_BLOCKED = "DeletionBlocked";
  private static final Duration RECHECK = Duration.ofSeconds(60);
  private static final Duration AGAIN = Duration.ofSeconds(5);
  private static final int SHOWN = 5;

  @Override
  public Plan<DefinitionAction> plan(DefinitionInput input) {
    boolean used = !input.users().isEmpty();
    if (input.ref().deleting() && used) {
      return Plan.blocked(blocked(input), RECHECK);
    }
    List<DefinitionAction> actions = new ArrayList<>();
    if (used && !input.held()) {
      actions.add(new Hold());
    } else if (!used && input.held()) {
      actions.add(new LetGo());
    }
    String hash = Versions.hash(input.spec());
    // Kept before anybody uses it: a service may have to go back to what was edited a second later.
    if (!input.ref().deleting() && !kept(input).equals(Optional.of(hash))) {
      actions.add(new KeepRevision(hash));
    }
    return started(input, actions);
  }

  private static Plan<DefinitionAction> started(
      DefinitionInput input, List<DefinitionAction> actions) {
    List<DefinitionAction> front =
        actions.stream()
            .filter(a -> !(input.ledger().outcome(a.key()).orElse(null) instanceof Ledger.Failed))
            .toList();
    boolean pause = front.size() < actions.size();
    return new Plan<>(
        actions, front, Optional.empty(), pause ? Optional.of(AGAIN) : Optional.empty());
  }

  /** Hash of the content that is kept for sure. */
  static Optional<String> kept(DefinitionInput input) {
    String hash = Versions.hash(input.spec());
    boolean now =
        input.ledger().outcome(new KeepRevision(hash).key()).orElse(null)
            instanceof Ledger.Succeeded;
    return now ? Optional.of(hash) : input.status().map(status -> status.hash());
  }

  private static Failure blocked(DefinitionInput input) {
    return new Failure.Waiting(
        DELETION_BLOCKED,
        "TaskServDefinition %s is used by TaskServ %s: it goes when they are deleted or use another one"
            .formatted(input.ref().name(), some(input.users())),
        RECHECK);
  }

  private static String some(List<String> names) {
    String shown = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
    return names.size() > SHOWN ? shown + " and " + (names.size() - SHOWN) + " more" : shown;
  }
}
