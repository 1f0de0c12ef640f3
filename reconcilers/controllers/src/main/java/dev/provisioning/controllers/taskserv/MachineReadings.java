package dev.provisioning.controllers.taskserv;

import dev.provisioning.planning.FailurePolicy;
import dev.provisioning.planning.taskserv.Reading;
import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Failure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers of machines to one kind of question, asked off the reconciler's thread: a pass gets what
 * is known and never waits. An answer holds until it is dropped, which the start and the end of
 * every operation do, or until it is older than the asker accepts; then the old one serves until
 * the new one is there.
 */
final class MachineReadings<T> {
  /** Five refused connections within a minute would open the machine's circuit. */
  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(5);

  private static final Duration BUG_PAUSE = Duration.ofSeconds(60);
  private static final Logger LOG = LoggerFactory.getLogger(MachineReadings.class);

  private final Map<MachineRef, Entry<T>> entries = new ConcurrentHashMap<>();
  private final Clock clock;

  MachineReadings(Clock clock) {
    this.clock = clock;
  }

  /** How to ask, how old an answer may be, and whom to tell when the answer is another one. */
  record Question<T>(Supplier<T> ask, Duration maxAge, Runnable changed) {}

  Reading<T> look(MachineRef about, Question<T> question) {
    Entry<T> entry = entries.computeIfAbsent(about, ref -> new Entry<>());
    Reading<T> known = entry.reading();
    if (entry.mayAsk(clock.instant(), question.maxAge())) {
      Thread.ofVirtual()
          .name("read-" + about.taskServ() + "-" + about.machine())
          .start(() -> ask(about, entry, question));
    }
    return known;
  }

  /** Forgets what this machine said of this TaskServ, also what it is about to say. */
  void drop(MachineRef about) {
    entries.remove(about);
  }

  void keepOnly(String taskServUid, Set<MachineRef> asked) {
    entries.keySet().removeIf(ref -> ref.taskServUid().equals(taskServUid) && !asked.contains(ref));
  }

  private void ask(MachineRef about, Entry<T> entry, Question<T> question) {
    Reading<T> before = entry.reading();
    Reading<T> answer;
    Duration pause = Duration.ZERO;
    try {
      answer = new Reading.Known<>(question.ask().get());
    } catch (ProviderException e) {
      answer = new Reading.Unreadable<>(e.failure());
      pause = pause(entry, e, about);
    } catch (RuntimeException e) {
      LOG.error("reading {} failed because of a defect of ours", about, e);
      answer =
          new Reading.Unreadable<>(new Failure.Bug("InternalError", e.getClass().getSimpleName()));
      pause = BUG_PAUSE;
    }
    entry.answered(answer, clock.instant(), pause);
    // A dropped entry has nobody to tell: what it read may be older than the operation.
    if (entries.get(about) == entry && !answer.equals(before)) {
      question.changed().run();
    }
  }

  private Duration pause(Entry<T> entry, ProviderException e, MachineRef about) {
    Duration policy =
        FailurePolicy.of(e.failure(), entry.failures() + 1, about.machine())
            .retryAfter()
            .orElse(SHORTEST_PAUSE);
    return policy.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : policy;
  }

  private static final class Entry<T> {
    private Reading<T> reading = new Reading.Pending<>();
    private Instant answeredAt = Instant.MIN;
    private Duration pause = Duration.ZERO;
    private boolean asking;
    private int failures;

    synchronized boolean mayAsk(Instant now, Duration maxAge) {
      boolean due =
          switch (reading) {
            case Reading.Pending<T> p -> true;
            case Reading.Known<T> k -> !now.isBefore(answeredAt.plus(maxAge));
            case Reading.Unreadable<T> u -> !now.isBefore(answeredAt.plus(pause));
          };
      if (asking || !due) {
        return false;
      }
      asking = true;
      return true;
    }

    synchronized void answered(Reading<T> answer, Instant at, Duration pauseBeforeNext) {
      asking = false;
      reading = answer;
      answeredAt = at;
      pause = pauseBeforeNext;
      failures = answer instanceof Reading.Unreadable<T> ? failures + 1 : 0;
    }

    synchronized Reading<T> reading() {
      return reading;
    }

    synchronized int failures() {
      return failures;
    }
  }
}
