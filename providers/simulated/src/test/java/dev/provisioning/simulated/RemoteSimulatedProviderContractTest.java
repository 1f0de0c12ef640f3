package dev.provisioning.simulated;

import dev.provisioning.simulated.remote.CloudServer;
import dev.provisioning.simulated.remote.RemoteCloud;
import dev.provisioning.spi.MachineProvider;
import dev.provisioning.testkit.MachineProviderContract;
import dev.provisioning.testkit.ProviderFixture;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A simulated cloud that outlives its operator keeps the same contract through the wire. */
class RemoteSimulatedProviderContractTest extends MachineProviderContract {
  @Override
  protected ProviderFixture fixture() {
    return new Remote();
  }

  private static final class Remote extends SimulatedFixture {
    private final CloudServer server;

    Remote() {
      super(SimulatedSettings.cloudlike(), OPERATOR);
      try {
        server = new CloudServer(cloud);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public MachineProvider provider() {
      return RemoteCloud.at(server.endpoint(), OPERATOR);
    }

    @Override
    public void close() {
      server.close();
    }
  }
}
