package dev.provisioning.operator.clients;

import dev.provisioning.controllers.engine.Fence;
import io.micrometer.core.instrument.MeterRegistry;

/** What stands before every provider: measure, and the question whether we lead. */
public record Doors(MeterRegistry meters, Fence fence) {
  Client before(Client client, String type) {
    return new Client(
        new MeasuredMachines(client.machines(), new ProviderMetrics(meters, type), fence),
        client.prices(),
        client.shell());
  }
}
