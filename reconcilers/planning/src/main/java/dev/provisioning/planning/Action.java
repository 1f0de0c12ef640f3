package dev.provisioning.planning;

/**
 * One thing to do, as a value. Each kind has a sealed set of them. Equal actions are the same
 * action: an action holds no timestamps and no secrets.
 */
public interface Action {
  /**
   * Unique among the actions of one resource and stable from pass to pass: {@code create#0}, {@code
   * install/db-01/4f…}. The runner starts nothing under a key that is still running.
   */
  String key();

  /** The imperative name shown in plans and events: {@code CreateMachine}. */
  default String name() {
    return getClass().getSimpleName();
  }

  /** One line for a person, in the plan; deterministic. */
  String description();

  /**
   * Names the whole effect where the description leaves something of it out: equal for equal
   * effects only. Empty: the description says all. A plan is approved with it.
   */
  default String content() {
    return "";
  }

  /** Whether data or a machine is lost by it. */
  default boolean destructive() {
    return false;
  }
}
