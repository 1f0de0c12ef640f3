package dev.provisioning.operator.clients;

import dev.provisioning.simulated.SimulatedCloud;
import dev.provisioning.simulated.SimulatedSettings;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The simulated clouds, by provider entry. They outlive the clients of an entry, and an operator
 * that is stopped and started anew in the same process finds its machines again.
 */
public final class SimulatedClouds {
  private final Map<String, SimulatedCloud> clouds = new ConcurrentHashMap<>();
  private final InstantSource clock;

  public SimulatedClouds(InstantSource clock) {
    this.clock = clock;
  }

  /** {@code place} is {@code namespace/workspace/entry}. */
  public SimulatedCloud at(String place) {
    return clouds.computeIfAbsent(
        place, any -> new SimulatedCloud(clock, SimulatedSettings.instant()));
  }
}
