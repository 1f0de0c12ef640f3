package dev.provisioning.operator;

/**
 * How many threads of this process can be stuck before all are. The JDK runs virtual threads, and
 * what follows an HTTP answer, on one thread per processor (on two processors the common pool even
 * has only one). A virtual thread that waits for a class to be initialized keeps its thread; two of
 * them on a small computer would stop every effect, each waiting for a lock whose holder finds no
 * thread to go on with. Threads that wait cost nothing.
 */
public final class ThreadRoom {
  static final String CARRIERS = "jdk.virtualThreadScheduler.parallelism";
  static final String COMMON_POOL = "java.util.concurrent.ForkJoinPool.common.parallelism";
  private static final int LEAST = 16;

  private ThreadRoom() {}

  /** The first thing that a process does: the JDK reads these once. What the user set stays. */
  public static void claim() {
    claim(CARRIERS);
    claim(COMMON_POOL);
  }

  private static void claim(String property) {
    if (System.getProperty(property) == null) {
      int room = Math.max(LEAST, java.lang.Runtime.getRuntime().availableProcessors());
      System.setProperty(property, Integer.toString(room));
    }
  }
}
