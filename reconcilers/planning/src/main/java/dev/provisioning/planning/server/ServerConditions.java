package dev.provisioning.planning.server;

import dev.provisioning.api.Condition;
import dev.provisioning.api.ConditionStatus;
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
    new MachineCondition(input, view, status).set(conditions, obstacle);
    reachable();
    inSync();
    server
        .filter(s -> s.policy().suspended())
        .ifPresent(
            s ->
                conditions.set(
                    Conditions.SUSPENDED, true, ServerReasons.SUSPENDED, Gates.suspended(view, s)));
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
                Texts.id(machine.id()),
                machine.plan(),
                machine.zone(),
                stopped ? "is stopped" : place()));
  }

  private String place() {
    return status.addresses().isEmpty()
        ? "runs"
        : "runs at " + status.addresses().getFirst().value();
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
    Optional<Failure> excluded = Exclusions.first(input, view);
    if (view.machine().isEmpty()) {
      conditions.set(
          IN_SYNC,
          ConditionStatus.Unknown,
          ServerReasons.NOT_MADE,
          "there is no machine to compare");
    } else if (excluded.isPresent()) {
      conditions.set(IN_SYNC, false, excluded.get().reason(), excluded.get().message());
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
