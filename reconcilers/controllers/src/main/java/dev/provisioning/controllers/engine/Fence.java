package dev.provisioning.controllers.engine;

/**
 * Whether this process may act. Asked before every write and before every effect, so that a leader
 * that was deposed without noticing (stopped, cut off, slow) does nothing when it comes back.
 */
@FunctionalInterface
public interface Fence {
  boolean holds();

  /** For a process that is alone. */
  static Fence open() {
    return () -> true;
  }
}
