package dev.provisioning.simulated;

import dev.provisioning.testkit.MachineProviderContract;
import dev.provisioning.testkit.ProviderFixture;

/** A cloud without lag: what provider type simulated is in production. */
class InstantSimulatedProviderContractTest extends MachineProviderContract {
  @Override
  protected ProviderFixture fixture() {
    return new SimulatedFixture(SimulatedSettings.instant(), OPERATOR);
  }
}
