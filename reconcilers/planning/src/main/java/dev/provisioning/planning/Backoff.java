package dev.provisioning.planning;

import java.time.Duration;

/**
 * Capped exponential backoff, 1 s to 60 s, with a jitter of up to 20 % that depends on the seed.
 */
public final class Backoff {
  private static final long FIRST_MILLIS = 1_000;
  private static final long CAP_MILLIS = 60_000;
  private static final int CAP_EXPONENT = 6;
  private static final int JITTER_PERCENT = 20;

  private Backoff() {}

  /**
   * The wait after {@code failures} failures in a row (from 1); {@code seed} is a resource's uid.
   */
  public static Duration after(int failures, String seed) {
    int exponent = Math.min(Math.max(failures, 1) - 1, CAP_EXPONENT);
    long base = Math.min(FIRST_MILLIS << exponent, CAP_MILLIS);
    int jitter = Math.floorMod((seed + failures).hashCode(), JITTER_PERCENT + 1);
    return Duration.ofMillis(base - base * jitter / 100);
  }
}
