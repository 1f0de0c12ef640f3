package dev.provisioning.existing;

import dev.provisioning.testkit.MachineProviderContract;
import dev.provisioning.testkit.ProviderFixture;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract with the real scripts in a real shell, on directories instead of machines. */
class ExistingProviderContractTest extends MachineProviderContract {
  @TempDir Path root;

  @Override
  protected ProviderFixture fixture() {
    return new ExistingFixture(root, OPERATOR);
  }
}
