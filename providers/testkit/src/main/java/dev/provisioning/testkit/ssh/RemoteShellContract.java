package dev.provisioning.testkit.ssh;

import java.util.UUID;

/**
 * What every {@link dev.provisioning.spi.RemoteShell} promises, on a real machine with systemd that
 * {@link #target} logs in to as root, or with sudo. Each test uses names of its own, so one machine
 * serves all. A shell takes all of them by extending this class.
 */
public abstract class RemoteShellContract
    implements CommandRules, OperationRules, StepRules, FileRules, ServiceRules {
  private final String mine = "t" + UUID.randomUUID().toString().substring(0, 8);

  @Override
  public final String mine() {
    return mine;
  }
}
