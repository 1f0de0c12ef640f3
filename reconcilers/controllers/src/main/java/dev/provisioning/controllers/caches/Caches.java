package dev.provisioning.controllers.caches;

import com.github.benmanes.caffeine.cache.Caffeine;

/** Where every cache of the shell begins. */
public final class Caches {
  private Caches() {}

  /**
   * A builder of caches whose upkeep runs in the thread that uses them. Caffeine's own choice is
   * the common pool, which has one thread on a computer of two cores, and upkeep waits there for an
   * entry that is being loaded. Our loaders ask servers, and the JDK's HTTP client hands out each
   * answer on that same pool: the two would wait for each other for ever, and with them every
   * request of the process.
   */
  public static Caffeine<Object, Object> newBuilder() {
    return Caffeine.newBuilder().executor(Runnable::run);
  }
}
