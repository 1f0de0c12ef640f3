package dev.provisioning.planning.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Remembers the results of a pure function for the arguments used last, so that a thousand services
 * of one definition compile its schema and templates once. Thread-safe; a failure is not
 * remembered.
 */
public final class Memo<K, V> {
  private final Map<K, V> known;

  /**
   * @param most results that are remembered; the one not asked for longest goes first
   */
  public Memo(int most) {
    this.known =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > most;
          }
        };
  }

  /** Equal arguments may be worked out twice at the same time: the function is pure. */
  public V get(K argument, Function<K, V> function) {
    Optional<V> before = look(argument);
    if (before.isPresent()) {
      return before.get();
    }
    V value = function.apply(argument);
    synchronized (known) {
      known.put(argument, value);
    }
    return value;
  }

  private Optional<V> look(K argument) {
    synchronized (known) {
      return Optional.ofNullable(known.get(argument));
    }
  }
}
