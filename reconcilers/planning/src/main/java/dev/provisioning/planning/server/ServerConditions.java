package dev.provisioning.planning.server;

import dev.provisioning.api.Condition;
import dev.provisioning.api.ConditionStatus;
import dev.provisioning.api.server.PowerState;
import dev.provisioning.api.server.ServerStatus;
import dev.provisioning.planning.Conditions;
import dev.provisioning.planning.FailurePolicy;
import dev.provisioning.planning.Plan;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.Machine;
import dev.provisioning.spi.model.MachineState;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Ready, MachineReady, Reachable, InSync; Reconciling, Stalled and Suspended while True. */
final class ServerConditions {
  static final String MACHINE_READY = "MachineReady";
  static final String REACHABLE = "Reachable";
  static final String IN_SYNC = "InSync";

  private final ServerInput input;
  private final ServerView view;
  private final Plan<ServerAction> plan;
  private final ServerStatus status;
  private final Optional<EffectiveServer> server;
  private final Conditions conditions;

  private ServerConditions(
      ServerInput input, ServerView view, Plan<ServerAction> plan, ServerStatus status) {
    this.input = input;
    this.view = view;
    this.plan = plan;
    this.status = status;
    this.server = input.effective().known();
    this.conditions =
        new Conditions(input.status().conditions(), input.ref().generation(), input.now());
  }

  static List<Condition> of(
      ServerInput input, ServerView view, Plan<ServerAction> plan, ServerStatus status) {
    return new ServerConditions(input, view, plan, status).all();
  }

  private List<Condition> all() {
    Optional<Failure> obstacle = obstacle();
    ready(obstacle);
    machineReady(obstacle);
    reachable();
    inSync();
    boolean suspended = server.filter(s -> s.policy().suspended()).isPresent();
    if (suspended) {
      conditions.set(Conditions.SUSPENDED, true, ServerReasons.SUSPENDED, "spec.suspend is true");
    }
    boolean stalled = obstacle.filter(this::stalls).isPresent();
    boolean held =
        obstacle
            .map(Failure::reason)
            .filter(r -> r.equals(ServerReasons.SUSPENDED) || r.equals(ServerReasons.PLAN_ONLY))
            .isPresent();
    if (stalled) {
      Failure why = obstacle.orElseThrow();
      conditions.set(Conditions.STALLED, true, why.reason(), why.message());
    } else if (!held && (obstacle.isPresent() || !plan.isEmpty())) {
      conditions.set(Conditions.RECONCILING, true, progress(obstacle), doing(obstacle));
    }
    return conditions.list();
  }

  /** The first thing in the way: of the plan, or of a machine that was reachable before. */
  private Optional<Failure> obstacle() {
    return plan.blocker().or(() -> plan.isEmpty() ? input.host().unreachable() : Optional.empty());
  }

  private boolean stalls(Failure failure) {
    return FailurePolicy.of(failure, 1, input.ref().uid()).stalled();
  }

  private String progress(Optional<Failure> obstacle) {
    boolean retrying =
        plan.actions().stream()
            .findFirst()
            .flatMap(action -> view.failures().of(action.key()))
            .isPresent();
    return retrying
        ? ServerReasons.PROGRESSING_WITH_RETRY
        : obstacle.map(Failure::reason).orElseGet(() -> plan.actions().getFirst().name());
  }

  private String doing(Optional<Failure> obstacle) {
    return obstacle
        .map(Failure::message)
        .orElseGet(
            () ->
                plan.actions().getFirst().name() + ": " + plan.actions().getFirst().description());
  }

  private void ready(Optional<Failure> obstacle) {
    if (input.ref().deleting()) {
      String reason = obstacle.map(Failure::reason).orElse(ServerReasons.DELETING);
      conditions.set(Conditions.READY, false, reason, doing(obstacle));
      return;
    }
    if (obstacle.isPresent() || !plan.isEmpty()) {
      boolean unread = input.machines().why().isPresent() && input.effective().known().isPresent();
      conditions.set(
          Conditions.READY,
          unread ? ConditionStatus.Unknown : ConditionStatus.False,
          obstacle.map(Failure::reason).orElseGet(() -> plan.actions().getFirst().name()),
          doing(obstacle));
      return;
    }
    Machine machine = view.machine().orElseThrow();
    boolean stopped = machine.state() == MachineState.STOPPED;
    conditions.set(
        Conditions.READY,
        true,
        stopped ? ServerReasons.STOPPED : ServerReasons.READY,
        "machine %s (%s in %s) %s"
            .formatted(
                machine.id(), machine.plan(), machine.zone(), stopped ? "is stopped" : place()));
  }

  private String place() {
    return status.addresses().isEmpty()
        ? "runs"
        : "runs at " + status.addresses().getFirst().value();
  }

  private void machineReady(Optional<Failure> obstacle) {
    if (view.machine().isEmpty()) {
      unseen(obstacle);
      return;
    }
    Machine machine = view.machine().get();
    boolean stoppedAsWished =
        machine.state() == MachineState.STOPPED
            && server.filter(s -> s.policy().powerState() == PowerState.Stopped).isPresent();
    boolean ready = machine.state() == MachineState.RUNNING || stoppedAsWished;
    Failure why = ready ? null : unsettled(machine);
    conditions.set(
        MACHINE_READY,
        machine.state() == MachineState.UNKNOWN
            ? ConditionStatus.Unknown
            : ready ? ConditionStatus.True : ConditionStatus.False,
        ready
            ? stoppedAsWished ? ServerReasons.STOPPED : ServerReasons.MACHINE_RUNNING
            : why.reason(),
        (ready
                ? "machine %s is %s".formatted(machine.id(), Waits.word(machine.state()))
                : why.message())
            + duplicates());
  }

  private Failure unsettled(Machine machine) {
    return machine.state() == MachineState.STOPPED
        ? new Failure.Waiting(
            ServerReasons.STOPPED,
            "machine %s is Stopped".formatted(machine.id()),
            ServerPlanner.POLL)
        : Waits.forMachine(view);
  }

  private void unseen(Optional<Failure> obstacle) {
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

  private void reachable() {
    boolean shell = input.provider().known().map(ServerInput.Provider::shell).orElse(true);
    boolean running =
        view.machine().filter(machine -> machine.state() == MachineState.RUNNING).isPresent();
    if (!running) {
      boolean was = status.firstContact() != null && status.firstContact().at() != null;
      conditions.set(
          REACHABLE,
          was && view.machine().isEmpty() ? ConditionStatus.Unknown : ConditionStatus.False,
          ServerReasons.MACHINE_NOT_RUNNING,
          "the machine does not run");
    } else if (!shell) {
      conditions.set(
          REACHABLE, true, ServerReasons.NO_SHELL, "machines of this provider have no SSH");
    } else if (input.host().unreachable().isPresent()) {
      Failure why = input.host().unreachable().get();
      conditions.set(REACHABLE, false, why.reason(), why.message());
    } else if (view.contacted()) {
      conditions.set(
          REACHABLE,
          true,
          ServerReasons.CONNECTED,
          "logged in with host key %s"
              .formatted(status.hostKeys().isEmpty() ? "" : status.hostKeys().getFirst()));
    } else if (server.filter(s -> s.policy().observeOnly()).isPresent()) {
      conditions.set(
          REACHABLE,
          ConditionStatus.Unknown,
          "NotChecked",
          "spec.management is Observe: nobody logs in");
    } else {
      Optional<Failure> why = plan.blocker();
      conditions.set(
          REACHABLE,
          false,
          why.map(Failure::reason).orElse(ServerReasons.CONNECTING),
          why.map(Failure::message).orElse("the first login is under way"));
    }
  }

  private void inSync() {
    boolean replace =
        plan.actions().stream().anyMatch(a -> a instanceof ServerAction.ReplaceMachine);
    boolean pending =
        view.machine().isPresent() && plan.actions().stream().anyMatch(a -> a.onProvider());
    if (view.machine().isEmpty()) {
      conditions.set(
          IN_SYNC,
          ConditionStatus.Unknown,
          ServerReasons.NOT_MADE,
          "there is no machine to compare");
    } else if (replace) {
      conditions.set(
          IN_SYNC, false, ServerReasons.REPLACE_REQUIRED, plan.actions().getFirst().description());
    } else if (pending) {
      conditions.set(
          IN_SYNC,
          false,
          ServerReasons.CHANGE_PENDING,
          plan.actions().stream().map(a -> a.description()).collect(Collectors.joining("; ")));
    } else if (!status.drift().isEmpty()) {
      conditions.set(
          IN_SYNC,
          false,
          ServerReasons.DRIFTED,
          "%d difference(s) from outside, see status.drift: %s"
              .formatted(
                  status.drift().size(),
                  status.drift().stream()
                      .map(row -> row.field())
                      .collect(Collectors.joining(", "))));
    } else {
      conditions.set(IN_SYNC, true, ServerReasons.AS_WANTED, "the machine is as the spec wants it");
    }
  }
}
