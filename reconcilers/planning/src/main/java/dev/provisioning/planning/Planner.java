package dev.provisioning.planning;

/** Decides, over data alone: the same input always gives the same plan. */
@FunctionalInterface
public interface Planner<I, A extends Action> {
  Plan<A> plan(I input);
}
