package dev.provisioning.controllers.engine;

import dev.provisioning.planning.Ledger;
import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Failure;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs effects on virtual threads, a bounded number at a time, and keeps the {@link Ledger} of each
 * resource. Under one (uid, key) nothing ever runs twice at once, and nothing is started again
 * before its outcome was published.
 */
public final class OperationRunner {
  private static final Logger LOG = LoggerFactory.getLogger(OperationRunner.class);

  private final Map<String, Operations> byUid = new ConcurrentHashMap<>();
  private final Semaphore permits;
  private final Clock clock;

  public OperationRunner(int concurrency, Clock clock) {
    this.permits = new Semaphore(concurrency, true);
    this.clock = clock;
  }

  /** An effect; it hands progress to its argument. */
  public interface Effect extends Function<Consumer<Object>, Optional<Object>> {}

  /** Whom to tell: {@code ended} after an outcome is in the ledger, {@code progressed} before. */
  public record Listener(Runnable ended, Runnable progressed) {}

  public Ledger ledger(String uid) {
    Operations operations = byUid.get(uid);
    return operations == null ? Ledger.empty() : operations.snapshot();
  }

  /** Drops the outcomes that {@code seen} holds: a status that knows them is durable. */
  public void acknowledge(String uid, Ledger seen) {
    byUid.computeIfPresent(
        uid, (id, operations) -> operations.acknowledge(seen) ? null : operations);
  }

  /** Starts {@code effect} unless one of its key runs or ended unseen. */
  public void start(String uid, String key, Effect effect, Listener listener) {
    boolean[] accepted = new boolean[1];
    Operations operations =
        byUid.compute(
            uid,
            (id, old) -> {
              Operations current = old == null ? new Operations() : old;
              accepted[0] = current.begin(key);
              return current;
            });
    if (accepted[0]) {
      Thread.ofVirtual()
          .name("effect-" + key + "-" + uid)
          .start(() -> run(operations, key, effect, listener));
    }
  }

  /** Effects under way, over all resources. */
  public int running() {
    return byUid.values().stream().mapToInt(Operations::running).sum();
  }

  /** Returns when no effect is under way or {@code patience} is over. */
  public void drain(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (running() > 0 && System.nanoTime() < deadline) {
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }

  private void run(Operations operations, String key, Effect effect, Listener listener) {
    permits.acquireUninterruptibly();
    try {
      operations.end(key, outcome(operations, key, effect, listener));
    } finally {
      permits.release();
    }
    listener.ended().run();
  }

  private Ledger.Outcome outcome(
      Operations operations, String key, Effect effect, Listener listener) {
    try {
      Optional<Object> result =
          effect.apply(
              value -> {
                operations.progress(key, value);
                listener.progressed().run();
              });
      return new Ledger.Succeeded(clock.instant(), result);
    } catch (ProviderException e) {
      LOG.info("{} failed: {}", key, e.getMessage());
      return new Ledger.Failed(clock.instant(), e.failure());
    } catch (RuntimeException | Error e) {
      LOG.error("{} failed because of a defect of ours", key, e);
      return new Ledger.Failed(
          clock.instant(), new Failure.Bug("InternalError", key + ": " + e.getClass().getName()));
    }
  }

  private static final class Operations {
    private final Map<String, Optional<Object>> running = new HashMap<>();
    private final Map<String, Ledger.Outcome> finished = new HashMap<>();

    synchronized Ledger snapshot() {
      return new Ledger(running, finished);
    }

    synchronized boolean begin(String key) {
      if (running.containsKey(key) || finished.containsKey(key)) {
        return false;
      }
      running.put(key, Optional.empty());
      return true;
    }

    synchronized void progress(String key, Object value) {
      running.put(key, Optional.of(value));
    }

    synchronized void end(String key, Ledger.Outcome outcome) {
      running.remove(key);
      finished.put(key, outcome);
    }

    /** True when nothing is left. */
    synchronized boolean acknowledge(Ledger seen) {
      seen.finished().forEach(finished::remove);
      return running.isEmpty() && finished.isEmpty();
    }

    synchronized int running() {
      return running.size();
    }
  }
}
