package dev.provisioning.planning.server;

import dev.provisioning.api.ConditionStatus;
import dev.provisioning.api.server.PowerState;
import dev.provisioning.api.server.ServerStatus;
import dev.provisioning.planning.Conditions;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.Machine;
import dev.provisioning.spi.model.MachineState;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Condition MachineReady: whether the machine of a Server is there, and runs or rests as wished.
 */
record MachineCondition(ServerInput input, ServerView view, ServerStatus status) {
  static final String MACHINE_READY = "MachineReady";

  void set(Conditions conditions, Optional<Failure> obstacle) {
    if (view.machine().isEmpty()) {
      unseen(conditions, obstacle);
      return;
    }
    Machine machine = view.machine().get();
    boolean restsAsWished = machine.state() == MachineState.STOPPED && wishedStopped();
    if (restsAsWished || machine.state() == MachineState.RUNNING) {
      conditions.set(
          MACHINE_READY,
          true,
          restsAsWished ? ServerReasons.STOPPED : ServerReasons.MACHINE_RUNNING,
          "machine %s is %s".formatted(Texts.id(machine.id()), Waits.word(machine.state()))
              + duplicates());
      return;
    }
    Failure why = unsettled(machine);
    boolean unknown = machine.state() == MachineState.UNKNOWN;
    conditions.set(
        MACHINE_READY,
        unknown ? ConditionStatus.Unknown : ConditionStatus.False,
        why.reason(),
        why.message() + duplicates());
  }

  private boolean wishedStopped() {
    return input
        .effective()
        .known()
        .filter(server -> server.policy().powerState() == PowerState.Stopped)
        .isPresent();
  }

  private Failure unsettled(Machine machine) {
    return machine.state() == MachineState.STOPPED
        ? new Failure.Waiting(
            ServerReasons.STOPPED,
            "machine %s is Stopped".formatted(Texts.id(machine.id())),
            ServerPlanner.POLL)
        : Waits.forMachine(view);
  }

  private void unseen(Conditions conditions, Optional<Failure> obstacle) {
    boolean unknown =
        view.absence() == ServerView.Absence.DOUBTFUL || input.machines().known().isEmpty();
    // The intent that this very status records counts: the next pass would say it in a second
    // write.
    boolean expected = view.recorded().isPresent() || status.intent() != null;
    ConditionStatus value = unknown && expected ? ConditionStatus.Unknown : ConditionStatus.False;
    String reason = expected ? ServerReasons.CREATING : ServerReasons.NOT_MADE;
    conditions.set(
        MACHINE_READY,
        value,
        obstacle.map(Failure::reason).orElse(reason),
        obstacle
                .map(Failure::message)
                .orElse(expected ? "the machine is being made" : "there is no machine yet")
            + duplicates());
  }

  private String duplicates() {
    return view.others().isEmpty()
        ? ""
        : "; %s: also %s carries this Server's tag, and is left alone until the Server is deleted"
            .formatted(
                ServerReasons.DUPLICATE_MACHINE,
                view.others().stream()
                    .map(machine -> machine.id().value())
                    .collect(Collectors.joining(", ")));
  }
}
