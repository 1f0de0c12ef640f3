package dev.provisioning.planning.server;

import dev.provisioning.planning.Plan;
import dev.provisioning.planning.Planner;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.MachineState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Decides what happens to a Server's machine.
 *
 * <pre>
 *   (none) --CreateMachine / AdoptMachine--> Pending --> Running --first contact--> Ready
 *                                half-made --same CreateMachine--^
 *                                                          |  ^
 *                                                 ChangeMachine (power, plan, tags, ...)
 *   Running --ReplaceMachine, pinned--> DeleteMachine --> gone --> CreateMachine, incarnation + 1
 *   deletionTimestamp --> DeleteMachine or ReleaseMachine --> gone --> LetGo
 * </pre>
 */
public final class ServerPlanner implements Planner<ServerInput, ServerAction> {
  static final Duration POLL = Duration.ofSeconds(2);
  private static final Duration RETRY_READS = Duration.ofSeconds(10);
  private static final Duration RETRY_WORLD = Duration.ofSeconds(30);

  @Override
  public Plan<ServerAction> plan(ServerInput input) {
    return decide(input, ServerView.of(input));
  }

  static Plan<ServerAction> decide(ServerInput input, ServerView view) {
    if (input.ref().deleting()) {
      return Gates.started(DeletionPlanner.plan(input, view), view);
    }
    Optional<Failure> unknown =
        input
            .effective()
            .why()
            .or(() -> input.provider().why())
            .or(() -> Exclusions.first(input, view))
            .or(() -> addressTaken(input));
    if (unknown.isPresent()) {
      return Plan.blocked(unknown.get(), RETRY_WORLD);
    }
    if (input.machines().why().isPresent()) {
      return Plan.blocked(input.machines().why().get(), RETRY_READS);
    }
    EffectiveServer server = input.effective().known().orElseThrow();
    Steps steps =
        view.machine().isPresent()
            ? present(input, view, server)
            : BirthPlanner.plan(input, view, server);
    return Gates.pass(steps, view, server);
  }

  private static Steps present(ServerInput input, ServerView view, EffectiveServer server) {
    Optional<Steps> completion = BirthPlanner.completion(input, view, server);
    if (completion.isPresent()) {
      return completion.get();
    }
    Steps upkeep = ChangePlanner.plan(input, view, server);
    MachineState state = view.machine().orElseThrow().state();
    return switch (state) {
      case RUNNING, STOPPED -> upkeep;
      case PENDING, STOPPING, DELETING, ERROR, UNKNOWN, GONE ->
          upkeep.blockedBy(Waits.forMachine(view), POLL);
    };
  }

  private static Optional<Failure> addressTaken(ServerInput input) {
    return input
        .surroundings()
        .addressOwner()
        .map(
            owner ->
                new Failure.Invalid(
                    ServerReasons.ADDRESS_TAKEN,
                    "spec.address: Server %s is at this address already; delete one of the two"
                        .formatted(owner)));
  }

  /**
   * A plan in the making: {@code ready} says whether its first action may start as far as the world
   * is concerned.
   */
  record Steps(
      List<ServerAction> actions, Optional<Failure> blocker, Optional<Duration> recheckAfter) {
    static Steps of(List<ServerAction> actions) {
      return new Steps(actions, Optional.empty(), Optional.empty());
    }

    static Steps waiting(Failure why, Duration recheckAfter) {
      return new Steps(List.of(), Optional.of(why), Optional.of(recheckAfter));
    }

    Steps blockedBy(Failure why, Duration recheck) {
      return new Steps(actions, Optional.of(why), Optional.of(recheck));
    }
  }
}
