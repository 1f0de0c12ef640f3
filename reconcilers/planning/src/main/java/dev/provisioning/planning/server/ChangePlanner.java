package dev.provisioning.planning.server;

import dev.provisioning.api.server.PowerState;
import dev.provisioning.planning.DestroyGrant;
import dev.provisioning.planning.server.ServerPlanner.Steps;
import dev.provisioning.spi.model.Change;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.Machine;
import dev.provisioning.spi.model.MachineState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A machine is there: what must change about it, in place or by replacing it. */
final class ChangePlanner {
  private static final Duration STOPPED_RECHECK = Duration.ofSeconds(30);

  private final ServerInput input;
  private final ServerView view;
  private final EffectiveServer server;
  private final Machine machine;

  private ChangePlanner(ServerInput input, ServerView view, EffectiveServer server) {
    this.input = input;
    this.view = view;
    this.server = server;
    this.machine = view.machine().orElseThrow();
  }

  static Steps plan(ServerInput input, ServerView view, EffectiveServer server) {
    if (server.policy().observeOnly()) {
      return Steps.of(List.of());
    }
    return new ChangePlanner(input, view, server).steps();
  }

  private Steps steps() {
    Optional<String> replace =
        Immutables.changed(view, server, input.provider().known().orElseThrow());
    if (replace.isPresent()) {
      return Steps.of(List.of(replacement(replace.get())));
    }
    return inPlace();
  }

  private Steps inPlace() {
    List<ServerAction> logins = ContactPlanner.next(input, view, server);
    List<ServerAction> actions = new ArrayList<>(InPlaceChanges.of(input, view, server));
    if (actions.isEmpty() && !logins.isEmpty()) {
      Optional<Failure> problem = ContactPlanner.problem(input, server);
      if (problem.isPresent()) {
        return new Steps(logins, problem, Optional.of(Duration.ofSeconds(10)));
      }
    }
    actions.addAll(logins);
    Optional<Failure> noRoom = input.surroundings().quota().filter(any -> grows(actions));
    if (noRoom.isPresent()) {
      return new Steps(actions, noRoom, Optional.of(Duration.ofSeconds(60)));
    }
    Steps steps = Steps.of(actions);
    return actions.isEmpty() && stoppedByOthers()
        ? steps.blockedBy(stopped(), STOPPED_RECHECK)
        : steps;
  }

  private static boolean grows(List<ServerAction> actions) {
    return actions.stream()
        .anyMatch(
            action ->
                action instanceof ServerAction.ChangeMachine change
                    && (change.change() instanceof Change.Resize
                        || change.change() instanceof Change.AddVolume
                        || change.change() instanceof Change.GrowVolume));
  }

  private boolean stoppedByOthers() {
    return machine.state() == MachineState.STOPPED
        && server.policy().powerState() == PowerState.Running;
  }

  private Failure stopped() {
    return new Failure.Permanent(
        "MachineStopped",
        ("machine %s was stopped outside the operator; start it there, or set spec.drift.mode:"
                + " Correct to have it started")
            .formatted(machine.id()));
  }

  private ServerAction replacement(String why) {
    ServerAction wish =
        new ServerAction.ReplaceMachine(
            machine.id(), "replace machine %s: %s".formatted(machine.id(), why));
    Optional<DestroyGrant> grant =
        DestroyGrant.fromApprovedReplace(input.ref(), Approvals.hash(List.of(wish), input));
    return grant
        .<ServerAction>map(
            g ->
                new ServerAction.DeleteMachine(
                    g,
                    machine.id(),
                    view.incarnationOf(machine),
                    server.policy().keepStorage(),
                    Optional.of(why)))
        .orElse(wish);
  }
}
