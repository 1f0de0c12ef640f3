package dev.provisioning.ssh;

import dev.provisioning.spi.RemoteShell;
import dev.provisioning.spi.model.ShellTarget;
import dev.provisioning.testkit.ssh.MachineContainer;
import dev.provisioning.testkit.ssh.RemoteShellContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

@Tag("machines")
class SshRemoteShellContractTest extends RemoteShellContract {
  private static MachineContainer machine;
  private static ShellTarget target;
  private static SshRemoteShell shell;

  @BeforeAll
  static void boot() {
    machine = MachineContainer.boot("ssh-contract");
    target = machine.target();
    shell = new SshRemoteShell(SshSettings.defaults());
  }

  @AfterAll
  static void stop() {
    shell.close();
    machine.close();
  }

  @Override
  public RemoteShell shell() {
    return shell;
  }

  @Override
  public ShellTarget target() {
    return target;
  }
}
