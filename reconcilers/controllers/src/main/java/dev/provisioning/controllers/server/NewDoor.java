package dev.provisioning.controllers.server;

import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.RemoteShell;
import dev.provisioning.spi.model.Contact;
import dev.provisioning.spi.model.ShellTarget;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * The first login by a new host key. sshd takes it into use by executing itself anew: for a moment
 * it still shows the old key, then refuses connections, and on a busy machine each takes seconds.
 * Neither says that anything is wrong before {@link #PATIENCE} is over.
 */
record NewDoor(RemoteShell shell) {
  private static final Duration PATIENCE = Duration.ofSeconds(25);
  private static final Duration PAUSE = Duration.ofMillis(300);
  private static final Set<String> NOT_YET =
      Set.of("HostUnreachable", "ConnectionLost", "HostKeyChanged");

  /** What the machine says of itself, by the pinned key of {@code target} and no other. */
  Contact await(ShellTarget target) {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      // Also forgets refusals: they would keep the door closed for a minute.
      shell.disconnect(target.machine());
      try {
        DoorStep.await(target);
        return shell.contact(target);
      } catch (ProviderException e) {
        boolean notYet = NOT_YET.contains(e.failure().reason());
        if (!notYet || System.nanoTime() > until || Thread.currentThread().isInterrupted()) {
          throw e;
        }
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }
}
