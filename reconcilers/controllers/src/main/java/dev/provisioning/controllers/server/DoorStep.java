package dev.provisioning.controllers.server;

import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.ShellTarget;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits until somebody answers at the port: a booting machine refuses connections, and refused
 * logins would close the door for a minute.
 */
final class DoorStep {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration PAUSE = Duration.ofMillis(300);
  private static final int CONNECT_MILLIS = 3_000;

  private DoorStep() {}

  /** Behind a jump host only the login itself can tell. */
  static void await(ShellTarget target) {
    if (target.bastion().isPresent()) {
      return;
    }
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (!answers(target)) {
      if (System.nanoTime() > until || Thread.currentThread().isInterrupted()) {
        throw new ProviderException(
            new Failure.Transient(
                "HostUnreachable",
                "nobody answers at %s:%d".formatted(target.host(), target.port()),
                Duration.ofSeconds(4)));
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private static boolean answers(ShellTarget target) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(target.host(), target.port()), CONNECT_MILLIS);
      return true;
    } catch (IOException e) {
      return false; // not yet
    }
  }
}
