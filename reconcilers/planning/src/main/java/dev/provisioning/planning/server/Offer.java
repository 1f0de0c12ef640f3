package dev.provisioning.planning.server;

import dev.provisioning.api.Cost;
import dev.provisioning.api.server.ResolvedMachine;
import java.util.Optional;

/** What a machine that nobody has made yet would be, and its price where that is known. */
public record Offer(ResolvedMachine machine, Optional<Cost> cost) {
  /**
   * The first choice for a wish, by the rules by which it is going to be made. Empty where nothing
   * is bought, or where nothing fits: the Server itself says why.
   */
  public static Optional<Offer> of(EffectiveServer server, ServerInput.Provider provider) {
    return provider.existing()
        ? Optional.empty()
        : new MachineChoice(server, provider, "")
            .resolve(0)
            .known()
            .map(machine -> new Offer(machine, Costs.of(provider, machine.plan(), machine.zone())));
  }
}
