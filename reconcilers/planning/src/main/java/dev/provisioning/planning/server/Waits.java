package dev.provisioning.planning.server;

import dev.provisioning.api.ConditionStatus;
import dev.provisioning.api.Intent;
import dev.provisioning.planning.Conditions;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.Machine;
import dev.provisioning.spi.model.MachineState;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a machine that is not there yet is waited for, in sentences. */
final class Waits {
  /** After this a machine that does not run is a person's business; the operator looks on. */
  static final Duration BOOT_PATIENCE = Duration.ofMinutes(10);

  private Waits() {}

  static Failure forMachine(ServerView view) {
    Machine machine = view.machine().orElseThrow();
    Instant since = since(view, machine);
    boolean late = !view.input().now().isBefore(since.plus(BOOT_PATIENCE));
    String state = word(machine.state());
    String why = machine.reason().isBlank() ? "" : " (" + machine.reason() + ")";
    if (machine.state() == MachineState.UNKNOWN) {
      return new Failure.Waiting(
          "MachineUnknown",
          "machine %s does not tell its state%s; it is asked again"
              .formatted(Texts.id(machine.id()), why),
          ServerPlanner.POLL);
    }
    String reason =
        machine.state() == MachineState.ERROR
            ? ServerReasons.MACHINE_ERROR
            : machine.state() == MachineState.PENDING
                ? ServerReasons.MACHINE_BOOTING
                : "Machine" + state;
    if (late) {
      return new Failure.Permanent(
          machine.state() == MachineState.ERROR ? reason : ServerReasons.MACHINE_NOT_RUNNING,
          "machine %s is %s%s since %s, longer than %d min; look at it at its provider, or delete this Server"
              .formatted(Texts.id(machine.id()), state, why, since, BOOT_PATIENCE.toMinutes()));
    }
    return new Failure.Waiting(
        reason,
        "machine %s is %s%s since %s; waiting for it to %s"
            .formatted(Texts.id(machine.id()), state, why, since, awaited(machine.state())),
        ServerPlanner.POLL);
  }

  private static String awaited(MachineState state) {
    return switch (state) {
      case STOPPING -> "stop";
      case DELETING -> "go";
      case PENDING, RUNNING, STOPPED, GONE, ERROR, UNKNOWN -> "run";
    };
  }

  /** The latest of: it was made, we sent it there, it was seen to leave its good state. */
  private static Instant since(ServerView view, Machine machine) {
    Instant left =
        Conditions.find(view.input().status().conditions(), MachineCondition.MACHINE_READY)
            .map(
                condition ->
                    condition.status() == ConditionStatus.True
                        ? view.input().now()
                        : condition.lastTransitionTime())
            .orElse(machine.createdAt());
    return Stream.of(machine.createdAt(), left, sent(view).orElse(machine.createdAt()))
        .max(Comparator.naturalOrder())
        .orElseThrow()
        .truncatedTo(ChronoUnit.SECONDS);
  }

  private static Optional<Instant> sent(ServerView view) {
    return view.intent().map(Intent::since);
  }

  static String word(MachineState state) {
    return state.name().charAt(0) + state.name().substring(1).toLowerCase(Locale.ROOT);
  }
}
