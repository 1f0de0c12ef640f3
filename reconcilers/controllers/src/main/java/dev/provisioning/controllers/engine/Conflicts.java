package dev.provisioning.controllers.engine;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How long to wait after a refused write. One conflict is a neighbour who was faster and costs next
 * to nothing; many in a row are a fault that our storm would only make worse.
 */
final class Conflicts {
  private static final Duration FIRST = Duration.ofMillis(50);
  private static final Duration LAST = Duration.ofSeconds(10);
  private static final int DOUBLINGS = 8;

  private final Map<String, Integer> inRow = new ConcurrentHashMap<>();

  Duration another(String uid) {
    int before = inRow.merge(uid, 1, Integer::sum) - 1;
    Duration wait = FIRST.multipliedBy(1L << Math.min(before, DOUBLINGS));
    return wait.compareTo(LAST) < 0 ? wait : LAST;
  }

  void none(String uid) {
    inRow.remove(uid);
  }
}
