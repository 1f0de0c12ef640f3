package dev.provisioning.planning.server;

import dev.provisioning.planning.DestroyGrant;
import dev.provisioning.planning.server.ServerPlanner.Steps;
import dev.provisioning.planning.server.ServerView.Absence;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.Machine;
import dev.provisioning.spi.model.MachineId;
import dev.provisioning.spi.model.MachineState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The end of a Server: protected, in use, or machine by machine until none is left. */
final class DeletionPlanner {
  /** Annotation whose value is the Server's uid: give up a machine that cannot be reached. */
  static final String ORPHAN = "provisioning.dev/orphan";

  private static final Duration RETRY = Duration.ofSeconds(10);

  private DeletionPlanner() {}

  static Steps plan(ServerInput input, ServerView view) {
    Optional<Failure> forbidden = forbidden(input);
    if (forbidden.isPresent()) {
      return Steps.waiting(forbidden.get(), Duration.ofSeconds(30));
    }
    if (!input.ledger().running().isEmpty() && !input.ledger().isRunning(ServerAction.LetGo.KEY)) {
      return Steps.waiting(underWay(input), ServerPlanner.POLL);
    }
    if (nothingEver(view) || orphaned(input)) {
      return letGo();
    }
    Optional<Failure> blind = input.provider().why().or(() -> input.machines().why());
    if (blind.isPresent()) {
      return Steps.waiting(blind.get(), RETRY);
    }
    if (view.absence() == Absence.DOUBTFUL) {
      return Steps.waiting(
          new Failure.Waiting(
              ServerReasons.MACHINE_NOT_SEEN,
              "whether the machine exists is not known yet; it is looked for again",
              ServerPlanner.POLL),
          ServerPlanner.POLL);
    }
    boolean observed = input.effective().known().filter(s -> s.policy().observeOnly()).isPresent();
    List<Machine> left =
        Stream.concat(view.machine().stream(), view.others().stream())
            .filter(machine -> machine.owner().isPresent())
            .toList();
    if (observed) {
      return letGo();
    }
    if (left.isEmpty()) {
      return remains(input, view).map(Steps::of).orElseGet(DeletionPlanner::letGo);
    }
    Steps steps = Steps.of(ends(input, view, left));
    Machine first = left.getFirst();
    return first.state() == MachineState.DELETING
        ? steps.blockedBy(
            new Failure.Waiting(
                ServerReasons.DELETING,
                "machine %s is being deleted at its provider".formatted(first.id()),
                ServerPlanner.POLL),
            ServerPlanner.POLL)
        : steps;
  }

  /** A machine that is seen no more may have left something behind. */
  private static Optional<List<ServerAction>> remains(ServerInput input, ServerView view) {
    return view.remains()
        .filter(machine -> !retain(input))
        .map(machine -> List.of(end(input, machine, view.incarnation())));
  }

  /** An effect of ours is still on its way: only its outcome tells what is left. */
  private static Failure underWay(ServerInput input) {
    return new Failure.Waiting(
        ServerReasons.IN_PROGRESS,
        "waiting for %s to end before the machine is let go"
            .formatted(
                String.join(", ", input.ledger().running().keySet().stream().sorted().toList())),
        ServerPlanner.POLL);
  }

  private static List<ServerAction> ends(ServerInput input, ServerView view, List<Machine> left) {
    return left.stream()
        .map(machine -> end(input, machine.id(), view.incarnationOf(machine)))
        .toList();
  }

  private static ServerAction end(ServerInput input, MachineId machine, int incarnation) {
    if (retain(input)) {
      return new ServerAction.ReleaseMachine(machine, incarnation);
    }
    DestroyGrant grant = DestroyGrant.fromDeletion(input.ref(), false).orElseThrow();
    boolean keep = input.effective().known().filter(s -> s.policy().keepStorage()).isPresent();
    return new ServerAction.DeleteMachine(grant, machine, incarnation, keep, Optional.empty());
  }

  /** What cannot be rebuilt is kept unless the spec says otherwise. */
  private static boolean retain(ServerInput input) {
    boolean foreign =
        input.provider().known().filter(ServerInput.Provider::existing).isPresent()
            || input.spec().adopt() != null;
    return input
        .effective()
        .known()
        .flatMap(server -> server.policy().retain())
        .orElseGet(
            () ->
                input.spec().deletionPolicy() == null
                    ? foreign
                    : input.spec().deletionPolicy()
                        == dev.provisioning.api.server.DeletionPolicy.Retain);
  }

  private static Optional<Failure> forbidden(ServerInput input) {
    boolean isProtected =
        input
            .effective()
            .known()
            .map(server -> server.policy().isProtected())
            .orElse(Boolean.TRUE.equals(input.spec().deletionProtection()));
    if (isProtected) {
      return Optional.of(
          new Failure.Denied(
              ServerReasons.DELETION_PROTECTED,
              "deletion is protected: set spec.deletionProtection: false to let it go on"));
    }
    List<String> users = input.surroundings().dependants();
    if (!users.isEmpty()) {
      return Optional.of(
          new Failure.Waiting(
              ServerReasons.IN_USE,
              "TaskServ %s still targets this Server: delete it or target other Servers"
                  .formatted(String.join(", ", users)),
              RETRY));
    }
    return Optional.empty();
  }

  private static boolean nothingEver(ServerView view) {
    return view.recorded().isEmpty()
        && view.intent().isEmpty()
        && view.machine().isEmpty()
        && view.others().isEmpty()
        && view.carried().incarnation() == null;
  }

  private static boolean orphaned(ServerInput input) {
    return input.ref().annotation(ORPHAN).filter(input.ref().uid()::equals).isPresent();
  }

  private static Steps letGo() {
    return Steps.of(List.of(new ServerAction.LetGo()));
  }
}
