package dev.provisioning.controllers.engine;

import dev.provisioning.planning.Ledger;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The effects of one resource, while they run and until their outcomes were published; a {@link
 * Ledger} is what it held at one moment. Safe for many threads: effects write it, passes read it.
 */
final class LiveLedger {
  private final Map<String, Optional<Object>> running = new HashMap<>();
  private final Map<String, Ledger.Outcome> finished = new HashMap<>();
  private boolean abandoned;

  synchronized Ledger snapshot() {
    return new Ledger(running, finished);
  }

  /** False when one of this key runs, or ended and nobody acknowledged it: it must not start. */
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

  /** Drops the outcomes that {@code seen} holds; true when nothing is left. */
  synchronized boolean acknowledge(Ledger seen) {
    seen.finished().forEach(finished::remove);
    return running.isEmpty() && finished.isEmpty();
  }

  /** Nobody will ask for outcomes any more; true when nothing is left. */
  synchronized boolean abandon() {
    abandoned = true;
    return running.isEmpty();
  }

  /** Abandoned, and the last effect has ended. */
  synchronized boolean isOver() {
    return abandoned && running.isEmpty();
  }

  synchronized int running() {
    return running.size();
  }
}
