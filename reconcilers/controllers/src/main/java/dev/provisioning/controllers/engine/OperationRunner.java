package dev.provisioning.controllers.engine;

import dev.provisioning.planning.Ledger;
import dev.provisioning.spi.model.Failure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Runs effects on virtual threads, a bounded number at a time, and keeps the {@link Ledger} of each
 * resource. Under one (uid, key) nothing ever runs twice at once, and nothing is started again
 * before its outcome was published.
 */
public final class OperationRunner {
  private static final Duration TICK = Duration.ofMillis(50);

  private static final Failure NOT_LEADING =
      new Failure.Waiting(
          "NotLeading",
          "this operator does not lead any more: its successor goes on",
          Duration.ofSeconds(1));

  private final Map<String, LiveLedger> byUid = new ConcurrentHashMap<>();
  private final Semaphore permits;
  private final Clock clock;
  private final Fence fence;
  private volatile boolean closing;

  /** For a process that is alone. */
  public OperationRunner(int concurrency, Clock clock) {
    this(concurrency, clock, Fence.open());
  }

  public OperationRunner(int concurrency, Clock clock, Fence fence) {
    this.permits = new Semaphore(concurrency, true);
    this.clock = clock;
    this.fence = fence;
  }

  /** An effect; it hands progress to its argument. */
  public interface Effect extends Function<Consumer<Object>, Optional<Object>> {}

  /** Whom to tell: {@code ended} after an outcome is in the ledger, {@code progressed} before. */
  public record Listener(Consumer<Ended> ended, Runnable progressed) {}

  /** How one effect went; {@code took} does not hold the wait for its turn. */
  public record Ended(Ledger.Outcome outcome, Duration took) {}

  /** Whether this process may write and act at all. */
  boolean leads() {
    return fence.holds();
  }

  /** Whether new effects may start; outcomes of those under way are published either way. */
  boolean starts() {
    return !closing;
  }

  public Ledger ledger(String uid) {
    LiveLedger ledger = byUid.get(uid);
    return ledger == null ? Ledger.empty() : ledger.snapshot();
  }

  /** Drops the outcomes that {@code seen} holds: a status that knows them is durable. */
  public void acknowledge(String uid, Ledger seen) {
    byUid.computeIfPresent(uid, (id, ledger) -> ledger.acknowledge(seen) ? null : ledger);
  }

  /** The resource is gone: nobody will ask for outcomes of its effects any more. */
  public void forget(String uid) {
    byUid.computeIfPresent(uid, (id, ledger) -> ledger.abandon() ? null : ledger);
  }

  /** Resources that something is known of. */
  public int resources() {
    return byUid.size();
  }

  /** Starts {@code effect} unless one of its key runs or ended unseen. */
  public void start(String uid, String key, Effect effect, Listener listener) {
    boolean[] accepted = new boolean[1];
    LiveLedger ledger =
        byUid.compute(
            uid,
            (id, old) -> {
              LiveLedger current = old == null ? new LiveLedger() : old;
              accepted[0] = current.begin(key);
              return current;
            });
    if (accepted[0]) {
      Thread.ofVirtual()
          .name("effect-" + key + "-" + uid)
          .start(() -> run(uid, ledger, key, new Try(effect, listener)));
    }
  }

  /** Effects under way, over all resources. */
  public int running() {
    return byUid.values().stream().mapToInt(LiveLedger::running).sum();
  }

  /**
   * Starts nothing new from now on, and returns when the outcomes of all effects are published or
   * {@code patience} is over; those that go on without us are found again by the next leader.
   */
  public void drain(Duration patience) {
    closing = true;
    until(() -> byUid.isEmpty() || !fence.holds(), patience);
  }

  /** Whether no effect is under way any more, or ends within {@code patience}. */
  public boolean ended(Duration patience) {
    return until(() -> running() == 0, patience);
  }

  private static boolean until(BooleanSupplier done, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!done.getAsBoolean()) {
      if (System.nanoTime() >= deadline) {
        return false;
      }
      LockSupport.parkNanos(TICK.toNanos());
    }
    return true;
  }

  private record Try(Effect effect, Listener listener) {}

  private void run(String uid, LiveLedger ledger, String key, Try one) {
    Ended ended;
    permits.acquireUninterruptibly();
    try {
      Instant begun = clock.instant();
      Ledger.Outcome outcome = outcome(ledger, key, one.effect(), one.listener());
      ledger.end(key, outcome);
      ended = new Ended(outcome, Duration.between(begun, outcome.at()));
    } finally {
      permits.release();
    }
    byUid.computeIfPresent(uid, (id, current) -> current.isOver() ? null : current);
    one.listener().ended().accept(ended);
  }

  private Ledger.Outcome outcome(LiveLedger ledger, String key, Effect effect, Listener listener) {
    if (!fence.holds()) {
      return new Ledger.Failed(clock.instant(), NOT_LEADING);
    }
    try {
      Optional<Object> result =
          effect.apply(
              value -> {
                ledger.progress(key, value);
                listener.progressed().run();
              });
      return new Ledger.Succeeded(clock.instant(), result);
    } catch (RuntimeException | Error e) {
      return new Ledger.Failed(clock.instant(), Thrown.failure(key, e));
    }
  }
}
