package dev.provisioning.controllers.taskserv;

import dev.provisioning.planning.FailurePolicy;
import dev.provisioning.planning.taskserv.Reading;
import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Failure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers to one kind of question, asked off the reconciler's thread: a pass gets what is known and
 * never waits. An answer holds until it is dropped, or until it is older than the asker accepts:
 * then it is asked again, without a pass, and only another answer wakes anybody.
 */
final class Readings<K, T> {
  /** What holds longer is not asked again by itself. */
  static final Duration FOR_EVER = Duration.ofDays(36_500);

  /** Five refused connections within a minute would open the machine's circuit. */
  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(5);

  private static final Duration BUG_PAUSE = Duration.ofSeconds(60);

  /** Questions that began together do not stay together. */
  private static final int SPREAD_PERCENT = 10;

  private static final Logger LOG = LoggerFactory.getLogger(Readings.class);

  private final Map<K, Entry<T>> entries = new ConcurrentHashMap<>();
  private final ScheduledExecutorService timer;
  private final Clock clock;

  Readings(ScheduledExecutorService timer, Clock clock) {
    this.timer = timer;
    this.clock = clock;
  }

  /** How to ask, how old an answer may be, and whom to tell when the answer is another one. */
  record Question<T>(Supplier<T> ask, Duration maxAge, Runnable changed) {}

  Reading<T> look(K about, Question<T> question) {
    Entry<T> entry = entries.computeIfAbsent(about, key -> new Entry<>());
    Reading<T> known = entry.reading();
    if (entry.mayAsk(clock.instant(), question)) {
      start(about, entry, question);
    }
    return known;
  }

  /** Forgets what was said about this, also what is about to be said. */
  void drop(K about) {
    entries.remove(about);
  }

  void keepOnly(Predicate<K> kept) {
    entries.keySet().removeIf(key -> !kept.test(key));
  }

  private void start(K about, Entry<T> entry, Question<T> question) {
    Thread.ofVirtual().name("read-" + about).start(() -> ask(about, entry, question));
  }

  private void ask(K about, Entry<T> entry, Question<T> question) {
    Reading<T> before = entry.reading();
    Reading<T> answer;
    Duration next = question.maxAge();
    try {
      answer = new Reading.Known<>(question.ask().get());
    } catch (ProviderException e) {
      answer = new Reading.Unreadable<>(e.failure());
      next = pause(entry, e, about);
    } catch (RuntimeException e) {
      LOG.error("reading {} failed because of a defect of ours", about, e);
      answer =
          new Reading.Unreadable<>(new Failure.Bug("InternalError", e.getClass().getSimpleName()));
      next = BUG_PAUSE;
    }
    entry.answered(answer, clock.instant(), next);
    // A dropped entry has nobody to tell: what it read may be older than the operation.
    if (entries.get(about) != entry) {
      return;
    }
    again(about, entry, next);
    if (!answer.equals(before)) {
      question.changed().run();
    }
  }

  private void again(K about, Entry<T> entry, Duration next) {
    if (entry.holdsForEver() || timer.isShutdown()) {
      return;
    }
    int turn = entry.turn();
    long spread = next.toMillis() * Math.floorMod(about.hashCode(), SPREAD_PERCENT + 1) / 100;
    timer.schedule(
        () -> {
          if (entries.get(about) == entry) {
            entry.next(turn).ifPresent(newest -> start(about, entry, newest));
          }
        },
        next.toMillis() + spread,
        TimeUnit.MILLISECONDS);
  }

  private Duration pause(Entry<T> entry, ProviderException e, K about) {
    Duration policy =
        FailurePolicy.of(e.failure(), entry.failures() + 1, about.toString())
            .retryAfter()
            .orElse(SHORTEST_PAUSE);
    return policy.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : policy;
  }

  private static final class Entry<T> {
    private Reading<T> reading = new Reading.Pending<>();
    private Instant due = Instant.MIN;
    private Question<T> question;
    private int turn;
    private boolean asking;
    private int failures;

    synchronized boolean mayAsk(Instant now, Question<T> newest) {
      boolean otherPace = question != null && !question.maxAge().equals(newest.maxAge());
      question = newest;
      if (asking || now.isBefore(due) && !otherPace) {
        return false;
      }
      asking = true;
      return true;
    }

    synchronized boolean holdsForEver() {
      return question.maxAge().compareTo(FOR_EVER) >= 0;
    }

    /** Counts the answers: a timer that was set before the last one is outdated. */
    synchronized int turn() {
      return turn;
    }

    /** The newest question, unless it was asked since. */
    synchronized Optional<Question<T>> next(int then) {
      if (asking || turn != then) {
        return Optional.empty();
      }
      asking = true;
      return Optional.of(question);
    }

    synchronized void answered(Reading<T> answer, Instant at, Duration next) {
      asking = false;
      turn++;
      reading = answer;
      due = at.plus(next);
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
