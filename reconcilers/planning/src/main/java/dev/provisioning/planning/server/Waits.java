package dev.provisioning.planning.server;

import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.Machine;
import dev.provisioning.spi.model.MachineState;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

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
          "machine %s does not tell its state%s; it is asked again".formatted(machine.id(), why),
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
              .formatted(machine.id(), state, why, since, BOOT_PATIENCE.toMinutes()));
    }
    return new Failure.Waiting(
        reason,
        "machine %s is %s%s since %s; waiting for it to run"
            .formatted(machine.id(), state, why, since),
        ServerPlanner.POLL);
  }

  private static Instant since(ServerView view, Machine machine) {
    return view.intent()
        .map(intent -> intent.since())
        .filter(at -> at != null && at.isAfter(machine.createdAt()))
        .orElse(machine.createdAt())
        .truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
  }

  static String word(MachineState state) {
    return state.name().charAt(0) + state.name().substring(1).toLowerCase(Locale.ROOT);
  }
}
