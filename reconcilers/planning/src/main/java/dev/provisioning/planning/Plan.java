package dev.provisioning.planning;

import dev.provisioning.spi.model.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A decision as a value: it can be printed, priced, approved, compared and executed. No action
 * means no effect.
 *
 * @param actions everything between here and the goal, as far as can be known now, in order; shown,
 *     hashed and approved
 * @param front the part of {@code actions} that may start now; always a subset
 * @param blocker what stands in the way of the rest, if anything: the first blocking leaf
 * @param recheckAfter when to look again if no event comes before; empty means never
 */
public record Plan<A extends Action>(
    List<A> actions, List<A> front, Optional<Failure> blocker, Optional<Duration> recheckAfter) {
  public Plan {
    actions = List.copyOf(actions);
    front = List.copyOf(front);
    if (!actions.containsAll(front)) {
      throw new IllegalArgumentException("the front is not part of the plan: " + front);
    }
  }

  /** Nothing to do and nothing in the way. */
  public static <A extends Action> Plan<A> empty() {
    return new Plan<>(List.of(), List.of(), Optional.empty(), Optional.empty());
  }

  /** Nothing can be done because of {@code failure}. */
  public static <A extends Action> Plan<A> blocked(Failure failure, Duration recheckAfter) {
    return new Plan<>(List.of(), List.of(), Optional.of(failure), Optional.of(recheckAfter));
  }

  /** No action is left; something may still be in the way. */
  public boolean isEmpty() {
    return actions.isEmpty();
  }

  /** The same plan with an empty front: shown, not executed. */
  public Plan<A> held(Failure why) {
    return new Plan<>(actions, List.of(), Optional.of(why), Optional.empty());
  }
}
