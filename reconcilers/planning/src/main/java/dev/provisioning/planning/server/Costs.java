package dev.provisioning.planning.server;

import dev.provisioning.api.Cost;
import dev.provisioning.planning.Plan;
import dev.provisioning.spi.model.Change;
import dev.provisioning.spi.model.Machine;
import dev.provisioning.spi.model.MachineState;
import dev.provisioning.spi.model.Price;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/** What a Server costs, and will cost. Unknown is absent, never zero. */
final class Costs {
  private static final int HOURLY_DIGITS = 4;
  private static final int MONTHLY_DIGITS = 2;

  private Costs() {}

  static Cost of(ServerInput input, ServerView view, Plan<ServerAction> plan) {
    return view.machine()
        .filter(machine -> machine.state() != MachineState.DELETING)
        .flatMap(machine -> price(input, machine.plan(), machine.zone()))
        .orElse(view.machine().isPresent() ? view.carried().cost() : null);
  }

  static Cost ofPlan(ServerInput input, Plan<ServerAction> plan) {
    return plan.actions().stream()
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
        input.machines().known().stream()
            .flatMap(java.util.List::stream)
            .map(Machine::zone)
            .findFirst();
    return zone.flatMap(where -> price(input, to.plan(), where));
  }

  private static Optional<Cost> price(ServerInput input, String plan, String zone) {
    return input
        .provider()
        .known()
        .map(provider -> provider.prices().get(plan + "/" + zone))
        .map(Costs::cost);
  }

  private static Cost cost(Price price) {
    return new Cost(
        text(price.hourly(), HOURLY_DIGITS),
        text(price.monthly(), MONTHLY_DIGITS),
        price.currency());
  }

  private static String text(BigDecimal amount, int digits) {
    return amount.setScale(digits, RoundingMode.HALF_UP).toPlainString();
  }
}
