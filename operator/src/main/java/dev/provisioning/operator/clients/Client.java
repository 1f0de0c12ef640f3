package dev.provisioning.operator.clients;

import dev.provisioning.controllers.ports.Providers;
import dev.provisioning.spi.MachineProvider;
import dev.provisioning.spi.PriceList;
import java.util.Optional;

/** One live adapter. {@code shell}: whether its machines can be logged in to. */
record Client(MachineProvider machines, Optional<PriceList> prices, boolean shell) {
  static <T extends MachineProvider & PriceList> Client of(T adapter, boolean shell) {
    return new Client(adapter, Optional.of(adapter), shell);
  }

  Providers.Access.Open open(String type) {
    return new Providers.Access.Open(type, machines, prices, shell);
  }
}
