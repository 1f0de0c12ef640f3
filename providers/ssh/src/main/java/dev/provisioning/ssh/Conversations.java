package dev.provisioning.ssh;

import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.ShellTarget;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.Serial;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import net.schmizz.sshj.connection.channel.OpenFailException;
import net.schmizz.sshj.connection.channel.direct.Session;

/**
 * Runs one command with one peer, within a deadline, and says honestly what is known when the
 * connection breaks: before the command was sent nothing happened; afterwards only a read may be
 * repeated.
 */
final class Conversations {
  private static final Logger LOG = System.getLogger(Conversations.class.getName());
  private static final int OPEN_ATTEMPTS = 50;
  private static final Duration OPEN_PAUSE = Duration.ofMillis(50);

  private final ConnectionPool pool;
  private final Deadlines deadlines;

  Conversations(ConnectionPool pool, Deadlines deadlines) {
    this.pool = pool;
    this.deadlines = deadlines;
  }

  /** A command line, how long it may take, and whether it changes the machine. */
  record Order(String commandLine, Duration limit, boolean effect) {}

  /** What is said over the channel. */
  interface Talk<T> {
    T with(RemoteProcess process, MachineConnection connection) throws IOException;
  }

  <T> T hold(ShellTarget target, Order order, Talk<T> talk) {
    var first = pool.take(target);
    try {
      return hold(first, session(first, order.limit()), order, talk);
    } catch (NotOpened e) {
      // It had died while idle: nothing was sent, so a fresh connection may be tried at once.
      pool.replace(first);
    } finally {
      first.giveBack();
    }
    var fresh = pool.take(target);
    try {
      return hold(fresh, session(fresh, order.limit()), order, talk);
    } catch (NotOpened e) {
      pool.discard(fresh, e);
      throw SshFailures.connectionLost(target, e);
    } finally {
      fresh.giveBack();
    }
  }

  /** The connection broke before a channel was open. */
  private static final class NotOpened extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    NotOpened(Exception cause) {
      super(cause);
    }
  }

  private <T> T hold(MachineConnection connection, Session session, Order order, Talk<T> talk) {
    var target = connection.target();
    var late = new AtomicBoolean();
    Runnable stop =
        () -> {
          late.set(true);
          close(session);
        };
    try (var _ = deadlines.after(order.limit(), stop);
        var process = new RemoteProcess(session, order.commandLine())) {
      return talk.with(process, connection);
    } catch (IOException e) {
      if (late.get()) {
        throw SshFailures.timeout(target, order.limit(), order.effect());
      }
      if (e instanceof InterruptedIOException) {
        // We are told to stop; nothing is wrong with the connection that others share.
        Thread.currentThread().interrupt();
      } else {
        pool.discard(connection, e);
      }
      throw order.effect()
          ? SshFailures.outcomeUnknown(target, e)
          : SshFailures.connectionLost(target, e);
    } finally {
      close(session);
      connection.sessions().release();
    }
  }

  /** Opens a channel, with its permit. */
  private static Session session(MachineConnection connection, Duration limit) throws NotOpened {
    permit(connection, limit);
    try {
      return session(connection);
    } catch (NotOpened | ProviderException e) {
      connection.sessions().release();
      throw e;
    }
  }

  /** sshd counts a session until it has reaped its process, a moment after the channel closed. */
  private static Session session(MachineConnection connection) throws NotOpened {
    for (int attempt = 1; ; attempt++) {
      try {
        return connection.client().startSession();
      } catch (OpenFailException e) {
        if (attempt >= OPEN_ATTEMPTS) {
          throw SshFailures.noSession(connection.target(), e);
        }
        pause(connection.target());
      } catch (IOException | IllegalStateException e) {
        // sshj says "Not connected" as an illegal state.
        throw new NotOpened(e);
      }
    }
  }

  private static void pause(ShellTarget target) {
    try {
      Thread.sleep(OPEN_PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw SshFailures.closed(target);
    }
  }

  private static void permit(MachineConnection connection, Duration limit) {
    try {
      if (!connection.sessions().tryAcquire(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw SshFailures.timeout(connection.target(), limit, false);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw SshFailures.closed(connection.target());
    }
  }

  private static void close(Session session) {
    try {
      session.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "closing a channel: {0}", e.getMessage());
    }
  }
}
