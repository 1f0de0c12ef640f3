package dev.provisioning.ssh;

import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.ShellTarget;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** At most one live connection per target, made when first needed, closed when idle. */
final class ConnectionPool implements AutoCloseable {
  private final SshSettings settings;
  private final Connector connector;
  private final CircuitBreakers breakers;
  private final Map<ShellTarget, Slot> slots = new ConcurrentHashMap<>();
  private volatile boolean closed;

  ConnectionPool(SshSettings settings, Deadlines deadlines) {
    this.settings = settings;
    this.connector = new Connector(settings, deadlines);
    this.breakers = new CircuitBreakers(settings);
    deadlines.every(Duration.ofSeconds(15), this::closeIdle);
  }

  private static final class Slot {
    final ReentrantLock lock = new ReentrantLock();
    MachineConnection connection;
    boolean retired;
  }

  /** A live connection; the caller gives it back. */
  MachineConnection take(ShellTarget target) {
    while (true) {
      var slot = slots.computeIfAbsent(target, _ -> new Slot());
      slot.lock.lock();
      try {
        if (closed) {
          throw SshFailures.closed(target);
        }
        if (!slot.retired) {
          return take(target, slot);
        }
      } finally {
        slot.lock.unlock();
      }
    }
  }

  private MachineConnection take(ShellTarget target, Slot slot) {
    if (slot.connection != null && !slot.connection.alive()) {
      slot.connection.close();
      slot.connection = null;
    }
    if (slot.connection == null) {
      slot.connection = connect(target);
    }
    slot.connection.take();
    return slot.connection;
  }

  /** The connection broke under a command: the next one makes a new connection. */
  void discard(MachineConnection connection, Throwable cause) {
    breakers.unreachable(connection.target(), cause);
    connection.close();
  }

  /** The connection was dead already when it was picked up: that says nothing of the machine. */
  void replace(MachineConnection connection) {
    connection.close();
  }

  void disconnect(String machine) {
    slots.forEach(
        (target, slot) -> {
          if (target.machine().equals(machine)) {
            close(target, slot);
          }
        });
    connector.forget(machine);
    breakers.forget(machine);
  }

  @Override
  public void close() {
    closed = true;
    slots.forEach(this::close);
  }

  private MachineConnection connect(ShellTarget target) {
    var bastion = target.bastion().map(this::takeBastion);
    try {
      return connectBehind(target, bastion);
    } finally {
      bastion.ifPresent(MachineConnection::giveBack);
    }
  }

  private MachineConnection takeBastion(ShellTarget bastion) {
    try {
      return take(bastion);
    } catch (ProviderException e) {
      throw SshFailures.atBastion(e);
    }
  }

  private MachineConnection connectBehind(ShellTarget target, Optional<MachineConnection> bastion) {
    breakers.ask(target);
    try {
      var connection = connector.connect(target, bastion);
      breakers.reached(target);
      return connection;
    } catch (ProviderException e) {
      if (e.failure() instanceof Failure.Transient) {
        breakers.unreachable(target, e);
      } else {
        breakers.undecided(target);
      }
      throw e;
    } catch (RuntimeException e) {
      breakers.undecided(target);
      throw e;
    }
  }

  void closeIdle() {
    var before = settings.clock().instant().minus(settings.idleTimeout());
    for (var entry : slots.entrySet()) {
      var slot = entry.getValue();
      if (slot.lock.tryLock()) {
        try {
          if (slot.connection == null || slot.connection.idleSince(before)) {
            retire(entry.getKey(), slot);
          }
        } finally {
          slot.lock.unlock();
        }
      }
    }
  }

  /** Takes the slot out of use for good, with the key in its target; its lock is held. */
  private void retire(ShellTarget target, Slot slot) {
    if (slot.connection != null) {
      slot.connection.close();
      slot.connection = null;
    }
    slot.retired = true;
    slots.remove(target, slot);
  }

  private void close(ShellTarget target, Slot slot) {
    slot.lock.lock();
    try {
      retire(target, slot);
    } finally {
      slot.lock.unlock();
    }
  }
}
