package dev.provisioning.planning.server;

import dev.provisioning.api.Cost;
import dev.provisioning.planning.CostSum;
import dev.provisioning.planning.Plan;
import dev.provisioning.spi.model.Change;
import dev.provisioning.spi.model.Machine;
import dev.provisioning.spi.model.MachineState;
import java.util.List;
import java.util.Optional;

/** What a Server costs, and will cost. Unknown is absent, never zero. */
final class Costs {
  private Costs() {}

  static Cost of(ServerInput input, ServerView view, Plan<ServerAction> plan) {
    return view.machine()
        .filter(machine -> machine.state() != MachineState.DELETING)
        .flatMap(machine -> price(input, machine.plan(), machine.zone()))
        .orElse(view.machine().isPresent() ? view.carried().cost() : null);
  }

  static Cost ofPlan(ServerInput input, List<ServerAction> actions) {
    return actions.stream()
        .flatMap(action -> after(input, action).stream())
        .findFirst()
        .orElse(null);
  }

  private static Optional<Cost> after(ServerInput input, ServerAction action) {
    if (action instanceof ServerAction.CreateMachine create) {
      return price(input, create.resolved().plan(), create.resolved().zone());
    }
    boolean resize =
        action instanceof ServerAction.ChangeMachine change
            && change.change() instanceof Change.Resize;
    if (!resize) {
      return Optional.empty();
    }
    Change.Resize to = (Change.Resize) ((ServerAction.ChangeMachine) action).change();
    Optional<String> zone =
        input.machines().known().stream().flatMap(List::stream).map(Machine::zone).findFirst();
    return zone.flatMap(where -> price(input, to.plan(), where));
  }

  private static Optional<Cost> price(ServerInput input, String plan, String zone) {
    return input.provider().known().flatMap(provider -> of(provider, plan, zone));
  }

  static Optional<Cost> of(ServerInput.Provider provider, String plan, String zone) {
    return Optional.ofNullable(provider.prices().get(plan + "/" + zone)).map(CostSum::of);
  }
}
