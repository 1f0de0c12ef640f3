package dev.provisioning.planning.workflow;

import dev.provisioning.api.workflow.OperationPhase;
import dev.provisioning.api.workflow.OperationStatus;
import dev.provisioning.api.workflow.UndoPhase;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which operations are to be taken back, and which of them may be now. */
final class UndoOrder {
  private final Scope scope;
  private final Operations operations;
  private final Set<String> chosen;

  /** {@code wanted} with all that depends on it; empty: everything. */
  UndoOrder(Scope scope, Operations operations, List<String> wanted) {
    this.scope = scope;
    this.operations = operations;
    this.chosen =
        wanted.isEmpty() ? operations.names() : scope.graph().dag().withDependants(wanted);
  }

  /** Each after all that depends on it; what left the spec first: nothing is known to need it. */
  List<OperationStatus> next() {
    Set<String> blocked = blocked();
    return reversed().stream()
        .filter(name -> !blocked.contains(name))
        .map(operations::get)
        .filter(this::isOpen)
        .toList();
  }

  /** Started once, over now, and its undo not begun. */
  private boolean isOpen(OperationStatus status) {
    boolean over =
        status.phase() == OperationPhase.Succeeded
            || status.phase() == OperationPhase.Failed
            || status.phase() == OperationPhase.Cancelled
            || status.phase() == OperationPhase.Skipped;
    return chosen.contains(status.name())
        && over
        && Operations.mayHaveEffects(status)
        && (status.undo() == null || status.undo().phase() == null);
  }

  /** Those on which something depends that is not taken back yet, and nothing else. */
  private Set<String> blocked() {
    Set<String> open = new HashSet<>();
    Set<String> blocked = new HashSet<>();
    for (String name : scope.graph().dag().order().reversed()) {
      boolean held = scope.graph().dag().neededBy(name).stream().anyMatch(open::contains);
      OperationStatus status = operations.get(name);
      if (held) {
        blocked.add(name);
      }
      if (held || isBusy(status) || isOpen(status)) {
        open.add(name);
      }
    }
    return blocked;
  }

  private List<String> reversed() {
    List<String> order = new ArrayList<>();
    Set<String> known = scope.graph().dag().nodes();
    operations.names().stream().filter(name -> !known.contains(name)).forEach(order::add);
    order.addAll(scope.graph().dag().order().reversed());
    return order;
  }

  static boolean isUnderWay(OperationStatus status) {
    return status.undo() != null && status.undo().phase() == UndoPhase.Running;
  }

  private static boolean isBusy(OperationStatus status) {
    return isUnderWay(status) || status.phase() == OperationPhase.Running;
  }

  /** Something still runs, forwards or backwards. */
  boolean busy() {
    return operations.all().stream().anyMatch(UndoOrder::isBusy);
  }

  /** Something is still to be taken back. */
  boolean open() {
    return operations.all().stream().anyMatch(this::isOpen);
  }

  int takenBack() {
    return (int)
        operations.in(OperationPhase.RolledBack).stream()
            .filter(o -> chosen.contains(o.name()))
            .count();
  }

  /** How many of those chosen have an undo in this phase. */
  int count(UndoPhase phase) {
    return (int)
        operations.all().stream()
            .filter(o -> chosen.contains(o.name()))
            .filter(o -> o.undo() != null && o.undo().phase() == phase)
            .count();
  }
}
