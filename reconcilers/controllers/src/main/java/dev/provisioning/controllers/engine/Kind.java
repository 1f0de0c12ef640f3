package dev.provisioning.controllers.engine;

import dev.provisioning.planning.Action;
import dev.provisioning.planning.Planner;
import dev.provisioning.planning.Projector;
import io.fabric8.kubernetes.client.CustomResource;

/** The four roles of a kind. */
public record Kind<R extends CustomResource<?, S>, I, A extends Action, S>(
    Class<R> type,
    Observer<R, I> observer,
    Planner<I, A> planner,
    Projector<I, A, S> projector,
    Executor<R, I, A> executor,
    FinalizerRule finalizer) {

  /** When our finalizer is put on an object that is not being deleted. */
  public enum FinalizerRule {
    /** In the first pass: deleting such an object is always our business. */
    ALWAYS,
    /** Right before the first effect: an object that never had one can go at once. */
    BEFORE_EFFECTS,
    /** Not at all: nothing has to be done when it goes. */
    NEVER
  }
}
