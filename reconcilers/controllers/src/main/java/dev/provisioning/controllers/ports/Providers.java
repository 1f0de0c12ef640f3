package dev.provisioning.controllers.ports;

import dev.provisioning.spi.MachineProvider;
import dev.provisioning.spi.PriceList;
import dev.provisioning.spi.model.Failure;
import java.util.Optional;

/**
 * The provider entries of all Workspaces as live clients. One client per entry, shared by all
 * callers, rebuilt when the entry or its Secret changes. Callers never close what they get and ask
 * anew in each pass.
 */
public interface Providers {
  /**
   * The entry {@code name} of the Workspace {@code namespace/workspace}. Answers from memory; what
   * cannot be had is an answer, never an exception.
   */
  Access access(String namespace, String workspace, String name);

  /** A client, or why there is none. */
  sealed interface Access {
    /**
     * @param type {@code local}, {@code existing}, {@code simulated} …
     * @param shell whether its machines can be logged in to; {@code simulated} ones cannot
     */
    record Open(String type, MachineProvider machines, Optional<PriceList> prices, boolean shell)
        implements Access {}

    /**
     * No such entry ({@code ProviderUnknown}), its Secret is missing or wrong, its last probe
     * failed. The message names the Workspace, the entry and what to do.
     */
    record Closed(Failure why) implements Access {}
  }
}
