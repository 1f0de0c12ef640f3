package dev.provisioning.local;

import dev.provisioning.testkit.MachineProviderContract;
import dev.provisioning.testkit.ProviderFixture;
import org.junit.jupiter.api.Tag;

/** The contract on the container engine of this computer. */
@Tag("machines")
class LocalProviderContractTest extends MachineProviderContract {
  @Override
  protected ProviderFixture fixture() {
    return new LocalFixture(OPERATOR);
  }
}
