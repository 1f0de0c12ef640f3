package dev.provisioning.simulated;

import dev.provisioning.testkit.MachineProviderContract;
import dev.provisioning.testkit.ProviderFixture;

/** A cloud without create tokens, as UpCloud is. */
class TokenlessSimulatedProviderContractTest extends MachineProviderContract {
  @Override
  protected ProviderFixture fixture() {
    return new SimulatedFixture(SimulatedSettings.cloudlike().withCreateOnce(false), OPERATOR);
  }
}
