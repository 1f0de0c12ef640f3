package dev.provisioning.controllers.engine;

import dev.provisioning.planning.Action;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Carries out one action, blocking a virtual thread. Called only after the status that records the
 * action's intent is durable. Fails with {@code ProviderException}; anything else is a bug.
 */
@FunctionalInterface
public interface Executor<R, I, A extends Action> {
  /** Returns what the kind's planner wants to know of the outcome. */
  Optional<Object> execute(Execution<R, I, A> execution);

  /**
   * One action to carry out. {@code resource} is the object as published, with its intent; {@code
   * progress} takes what planners read back from {@code Ledger.running}.
   */
  record Execution<R, I, A extends Action>(
      R resource, I input, A action, Consumer<Object> progress) {}
}
