package dev.provisioning.planning;

/**
 * Says what happens: the status to publish for a plan. The status holds the intents of the plan's
 * front; the engine starts the front only after this status is durable.
 */
@FunctionalInterface
public interface Projector<I, A extends Action, S> {
  Projection<S> project(I input, Plan<A> plan);
}
