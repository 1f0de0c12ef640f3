package dev.provisioning.simulated;

import dev.provisioning.testkit.MachineProviderContract;
import dev.provisioning.testkit.ProviderFixture;

/** An eventually consistent cloud that boots slowly and resizes stopped machines only. */
class CloudlikeSimulatedProviderContractTest extends MachineProviderContract {
  @Override
  protected ProviderFixture fixture() {
    return new SimulatedFixture(SimulatedSettings.cloudlike(), OPERATOR);
  }
}
