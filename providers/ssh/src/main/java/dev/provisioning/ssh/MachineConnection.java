package dev.provisioning.ssh;

import dev.provisioning.spi.model.ShellTarget;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import net.schmizz.sshj.SSHClient;

/** A logged-in connection, the number of its users, and its bastion, which it keeps open. */
final class MachineConnection implements AutoCloseable {
  private static final Logger LOG = System.getLogger(MachineConnection.class.getName());

  private final SSHClient client;
  private final ShellTarget target;
  private final String hostKey;
  private final Semaphore sessions;
  private final Clock clock;
  private final Optional<MachineConnection> bastion;
  private final AtomicInteger users = new AtomicInteger();
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile Instant lastUsed;

  MachineConnection(
      SSHClient client,
      ShellTarget target,
      String hostKey,
      SshSettings settings,
      Optional<MachineConnection> bastion) {
    this.client = client;
    this.target = target;
    this.hostKey = hostKey;
    this.sessions = new Semaphore(settings.sessionsPerConnection(), true);
    this.clock = settings.clock();
    this.bastion = bastion;
    this.lastUsed = clock.instant();
    bastion.ifPresent(MachineConnection::take);
  }

  SSHClient client() {
    return client;
  }

  ShellTarget target() {
    return target;
  }

  /** Fingerprint of the host key that was proven when this connection was made. */
  String hostKey() {
    return hostKey;
  }

  /** One permit per channel. */
  Semaphore sessions() {
    return sessions;
  }

  boolean alive() {
    return client.isConnected() && client.isAuthenticated();
  }

  void take() {
    users.incrementAndGet();
  }

  void giveBack() {
    lastUsed = clock.instant();
    users.decrementAndGet();
  }

  boolean idleSince(Instant before) {
    return users.get() == 0 && lastUsed.isBefore(before);
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    closeQuietly(client);
    bastion.ifPresent(MachineConnection::giveBack);
  }

  /** Saying goodbye to a peer that is gone fails, and nothing follows from it. */
  static void closeQuietly(SSHClient client) {
    try {
      client.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "closing a connection: {0}", e.getMessage());
    }
  }
}
