package dev.provisioning.planning.server;

import dev.provisioning.api.FailedAction;
import dev.provisioning.api.Intent;
import dev.provisioning.api.server.AppliedState;
import dev.provisioning.api.server.ServerStatus;
import dev.provisioning.planning.Failures;
import dev.provisioning.spi.model.Machine;
import dev.provisioning.spi.model.MachineId;
import dev.provisioning.spi.model.MachineState;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What follows from the facts before anything is decided: the last status with the outcomes of
 * effects folded in, the machine among those found, and whether absence may be believed.
 *
 * @param carried the status to build upon
 * @param machine the machine of this Server, as observed in this pass
 * @param others more machines with this Server's uid: a duplicate, or an earlier incarnation
 */
record ServerView(
    ServerInput input,
    ServerStatus carried,
    Failures failures,
    Optional<Machine> machine,
    List<Machine> others,
    Absence absence) {
  /** Key under which the wait for an absent machine to show up is kept among the failures. */
  static final String LOOK = "look";

  /** Two looks this far apart must agree that a machine is absent (P5). */
  static final Duration LOOKS_APART = Duration.ofSeconds(10);

  private static final Duration SETTLE_UNKNOWN = Duration.ofSeconds(90);

  /** What it means that a machine is not seen. */
  enum Absence {
    /** It is seen, none was ever asked for, or nobody could look. */
    NONE,
    /** Not seen, but too early to believe it. */
    DOUBTFUL,
    /** It does not exist. */
    CERTAIN
  }

  static ServerView of(ServerInput input) {
    Folded folded = Folded.of(input);
    List<Machine> ours =
        input.machines().known().orElse(List.of()).stream()
            .filter(machine -> machine.state() != MachineState.GONE)
            .filter(machine -> belongs(machine, input))
            .sorted(order())
            .toList();
    Optional<Machine> machine = ours.stream().filter(m -> current(m, folded.status())).findFirst();
    List<Machine> others = ours.stream().filter(m -> machine.filter(m::equals).isEmpty()).toList();
    Absence absence = absence(input, folded, machine);
    ServerView seen =
        new ServerView(
            input, folded.status(), Tries.looks(input, folded, absence), machine, others, absence);
    return new ServerView(
        input, MachineRecord.of(input, seen), seen.failures(), machine, others, absence);
  }

  /** The number of the machine that is, or is to be, this Server's; from 1. */
  int incarnation() {
    return machine
        .flatMap(Machine::owner)
        .filter(owner -> owner.uid().equals(input.ref().uid()))
        .map(owner -> Math.max(owner.incarnation(), recordedIncarnation()))
        .orElse(recordedIncarnation());
  }

  /** As its mark says; a machine without one counts as this Server's current. */
  int incarnationOf(Machine found) {
    return found.owner().map(owner -> owner.incarnation()).orElse(incarnation());
  }

  private int recordedIncarnation() {
    return carried.incarnation() == null ? 1 : Math.max(1, carried.incarnation());
  }

  Optional<MachineId> recorded() {
    return recorded(carried);
  }

  Optional<Intent> intent() {
    return Optional.ofNullable(carried.intent());
  }

  /** A create was about to be sent and no machine of it is known. */
  boolean createUnresolved() {
    return machine.isEmpty() && recorded().isEmpty() && createIntended(carried);
  }

  /** Whether this Server's machine ever ran: before that a new one loses nothing. */
  boolean ranBefore() {
    return ranBefore(carried);
  }

  static boolean ranBefore(ServerStatus status) {
    return status.applied() != null && status.applied().powerState() != null;
  }

  /** What the machine was brought to; null: it never ran, and is what was ordered if it is. */
  AppliedState applied() {
    return ranBefore() ? carried.applied() : null;
  }

  /** Whether a change of this field was sent, or is about to be, and not seen done. */
  boolean changing(String field) {
    return applied() != null && applied().changing().contains(field);
  }

  /** A change was sent so lately that what is seen may be what was before it. */
  boolean unsettled() {
    return intent()
        .filter(i -> ServerAction.ChangeMachine.isKey(i.action()))
        .filter(i -> input.now().isBefore(i.since().plus(settle(input))))
        .isPresent();
  }

  /** We ended the machine ourselves, to replace it. */
  boolean replaced() {
    return intent()
        .filter(i -> i.action().startsWith(ServerAction.DeleteMachine.PREFIX))
        .filter(i -> i.action().endsWith(ServerAction.DeleteMachine.REPLACED))
        .isPresent();
  }

  /**
   * The recorded machine, if it is not seen and no deletion of it was answered: whoever sent one
   * may have died, and its provider stopped, when the machine was gone and a part of it was not.
   */
  Optional<MachineId> remains() {
    return recorded().filter(id -> machine.isEmpty()).filter(id -> !answered(id));
  }

  private boolean answered(MachineId id) {
    String key = ServerAction.DeleteMachine.PREFIX + id;
    return intent()
        .filter(i -> Boolean.TRUE.equals(i.answered()))
        .map(Intent::action)
        .filter(a -> a.equals(key) || a.equals(key + ServerAction.DeleteMachine.REPLACED))
        .isPresent();
  }

  /** Whether the machine of this incarnation was logged in to. */
  boolean contacted() {
    return carried.firstContact() != null
        && carried.firstContact().at() != null
        && Integer.valueOf(incarnation()).equals(carried.firstContact().incarnation());
  }

  static Duration settle(ServerInput input) {
    Duration window =
        input.provider().known().map(p -> p.capabilities().settleWindow()).orElse(SETTLE_UNKNOWN);
    return window.compareTo(LOOKS_APART) >= 0 ? window : LOOKS_APART;
  }

  private static Absence absence(ServerInput input, Folded folded, Optional<Machine> machine) {
    boolean expected = recorded(folded.status()).isPresent() || createIntended(folded.status());
    boolean underWay = input.ledger().running().keySet().stream().anyMatch(ServerView::makes);
    if (machine.isPresent() || !expected || underWay || input.machines().known().isEmpty()) {
      return Absence.NONE;
    }
    if (saidToBeGone(input, folded.status()) || endedByUs(folded.status())) {
      return Absence.CERTAIN;
    }
    Optional<FailedAction> look = folded.failures().of(LOOK);
    boolean settled =
        look.filter(l -> !input.now().isBefore(l.since().plus(settle(input)))).isPresent();
    return settled ? Absence.CERTAIN : Absence.DOUBTFUL;
  }

  private static boolean saidToBeGone(ServerInput input, ServerStatus status) {
    return recorded(status)
        .filter(
            id ->
                input.machines().known().orElse(List.of()).stream()
                    .anyMatch(m -> m.id().equals(id) && m.state() == MachineState.GONE))
        .isPresent();
  }

  /** A machine seen before that we were about to end, and that is not seen any more. */
  private static boolean endedByUs(ServerStatus status) {
    return status.machine() != null
        && status.machine().createdAt() != null
        && status.intent() != null
        && (status.intent().action().startsWith(ServerAction.DeleteMachine.PREFIX)
            || status.intent().action().startsWith(ServerAction.ReleaseMachine.PREFIX));
  }

  private static boolean belongs(Machine machine, ServerInput input) {
    boolean observed =
        input
            .effective()
            .known()
            .filter(server -> server.policy().observeOnly())
            .flatMap(server -> server.placement().adoptId())
            .filter(machine.id().value()::equals)
            .isPresent();
    return observed || machine.owner().filter(o -> o.uid().equals(input.ref().uid())).isPresent();
  }

  /** The recorded machine, else one of this incarnation or a later one than we know of. */
  private static boolean current(Machine machine, ServerStatus status) {
    Optional<MachineId> recorded = recorded(status);
    if (recorded.isPresent()) {
      return machine.id().equals(recorded.get());
    }
    int known = status.incarnation() == null ? 0 : status.incarnation();
    return machine.owner().map(owner -> owner.incarnation() >= known).orElse(true);
  }

  /** Highest incarnation first, then the oldest (P4). */
  private static Comparator<Machine> order() {
    return Comparator.comparing(
            (Machine m) -> m.owner().map(o -> o.incarnation()).orElse(0), Comparator.reverseOrder())
        .thenComparing(Machine::createdAt)
        .thenComparing(m -> m.id().value());
  }

  private static boolean createIntended(ServerStatus status) {
    return status.intent() != null && makes(status.intent().action());
  }

  private static boolean makes(String actionKey) {
    return actionKey.startsWith(ServerAction.CreateMachine.PREFIX)
        || actionKey.startsWith(ServerAction.AdoptMachine.PREFIX);
  }

  private static Optional<MachineId> recorded(ServerStatus status) {
    return Optional.ofNullable(status.machine()).map(m -> new MachineId(m.id()));
  }
}
