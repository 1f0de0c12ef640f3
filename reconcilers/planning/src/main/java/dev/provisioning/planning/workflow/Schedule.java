package dev.provisioning.planning.workflow;

import dev.provisioning.api.workflow.BatchWorkflowSpec;
import dev.provisioning.api.workflow.OperationPhase;
import dev.provisioning.api.workflow.SchedulingStrategy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which operations may start, who of them first, and for how many there is a place. */
record Schedule(Scope scope, Operations operations) {
  private static final int USUAL_PARALLELISM = 5;
  private static final int USUAL_PRIORITY = 50;

  /** All that nothing but places holds back, in the order in which they get them. */
  List<Work> candidates() {
    return ready(scope.graph().works().values().stream());
  }

  /** What the end of {@code over} lets start, in that order. */
  List<Work> freed(List<String> over) {
    return ready(
        over.stream()
            .flatMap(name -> scope.graph().dag().neededBy(name).stream())
            .distinct()
            .map(scope.graph().works()::get));
  }

  private List<Work> ready(Stream<Work> some) {
    List<Work> ready = new ArrayList<>(some.filter(this::isReady).toList());
    order().ifPresent(ready::sort);
    return ready;
  }

  private boolean isReady(Work work) {
    OperationPhase phase = operations.get(work.name()).phase();
    boolean waits = phase == OperationPhase.Pending || phase == OperationPhase.Ready;
    return waits && blockers(work).isEmpty();
  }

  /** Dependencies that are not over yet. */
  List<String> blockers(Work work) {
    Set<String> hard = scope.graph().hard().get(work.name());
    return scope.graph().dag().needs(work.name()).stream()
        .filter(
            need ->
                switch (operations.get(need).phase()) {
                  case Succeeded -> false;
                  case Failed, Skipped, Cancelled, RolledBack -> hard.contains(need);
                  case Pending, Ready, Running -> true;
                })
        .toList();
  }

  /** A hard dependency that will not succeed. */
  Optional<String> lost(Work work) {
    return scope.graph().hard().get(work.name()).stream()
        .sorted()
        .filter(
            need ->
                switch (operations.get(need).phase()) {
                  case Failed, Skipped, Cancelled, RolledBack -> true;
                  case Pending, Ready, Running, Succeeded -> false;
                })
        .findFirst();
  }

  boolean due(Work work) {
    Instant retryAt = operations.get(work.name()).retryAt();
    return retryAt == null || !scope.now().isBefore(retryAt);
  }

  /** How many more may start: none when others of the Workspace have them all. */
  int places() {
    int running = taken(scope.input().spec(), operations);
    int own = parallelism(scope.input().spec()) - running;
    Surroundings around = scope.input().around();
    var limit = around.workspace().map(WorkspaceFacts::concurrentOperations);
    if (limit.isEmpty() || limit.get().isEmpty()) {
      return own;
    }
    int others = around.others().stream().mapToInt(Surroundings.Other::running).sum();
    int reserved =
        around.others().stream()
            .filter(Surroundings.Other::before)
            .mapToInt(Surroundings.Other::waiting)
            .sum();
    return Math.min(own, limit.get().getAsInt() - others - reserved - running);
  }

  /** How many places a workflow takes, forwards and backwards. */
  static int taken(BatchWorkflowSpec spec, Operations operations) {
    Set<String> work =
        spec.operations().stream()
            .map(Work::of)
            .filter(Schedule::takesPlace)
            .map(Work::name)
            .collect(Collectors.toSet());
    return (int)
        operations.all().stream()
            .filter(
                o ->
                    UndoOrder.isUnderWay(o)
                        || o.phase() == OperationPhase.Running && work.contains(o.name()))
            .count();
  }

  /** Who has the places that are missing here, at the end of a sentence; empty: no workflow. */
  static String holders(WorkflowInput input) {
    List<String> names =
        input.around().others().stream()
            .filter(other -> other.running() > 0 || other.before() && other.waiting() > 0)
            .map(Surroundings.Other::name)
            .sorted()
            .toList();
    return switch (names.size()) {
      case 0 -> "";
      case 1 -> ": BatchWorkflow " + names.getFirst() + " has it";
      default ->
          ": BatchWorkflow %s and %d more have them".formatted(names.getFirst(), names.size() - 1);
    };
  }

  /** How many operations of a workflow may run at once. */
  static int parallelism(BatchWorkflowSpec spec) {
    return Objects.requireNonNullElse(spec.parallelism(), USUAL_PARALLELISM);
  }

  /** What takes a place: a pause is no work. */
  static boolean takesPlace(Work work) {
    return work.type() != Work.Type.WAIT && work.type() != Work.Type.APPROVAL;
  }

  /** Empty: as in the spec. */
  private Optional<Comparator<Work>> order() {
    SchedulingStrategy strategy =
        Objects.requireNonNullElse(
            scope.input().spec().strategy(), SchedulingStrategy.DependencyFirst);
    Comparator<Work> chain =
        Comparator.comparingInt((Work w) -> -scope.graph().dag().remainingChain(w.name()));
    return switch (strategy) {
      case Fifo -> Optional.empty();
      case DependencyFirst -> Optional.of(chain);
      case Priority ->
          Optional.of(
              Comparator.comparingInt(
                      (Work w) ->
                          -Objects.requireNonNullElse(w.operation().priority(), USUAL_PRIORITY))
                  .thenComparing(chain));
    };
  }
}
