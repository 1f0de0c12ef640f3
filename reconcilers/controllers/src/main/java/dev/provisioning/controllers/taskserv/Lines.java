package dev.provisioning.controllers.taskserv;

import dev.provisioning.api.server.Server;
import dev.provisioning.spi.RemoteShell;
import dev.provisioning.spi.model.ShellTarget;

/** The way to a Server's machine. */
@FunctionalInterface
public interface Lines {
  /**
   * Reads Secrets and caches, never the machine.
   *
   * @throws dev.provisioning.spi.ProviderException when there is no way to it: its message says why
   */
  Line to(Server server);

  /** A machine, and what talks to it. */
  record Line(RemoteShell shell, ShellTarget target) {}
}
