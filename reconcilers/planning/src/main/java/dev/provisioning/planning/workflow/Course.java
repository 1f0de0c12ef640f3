package dev.provisioning.planning.workflow;

import dev.provisioning.api.Mode;
import dev.provisioning.api.workflow.BatchWorkflowSpec;
import dev.provisioning.api.workflow.FailureAction;
import dev.provisioning.api.workflow.OperationPhase;
import dev.provisioning.api.workflow.OperationStatus;
import dev.provisioning.api.workflow.RollbackPhase;
import dev.provisioning.api.workflow.RollbackStatus;
import dev.provisioning.planning.Alarm;
import dev.provisioning.spi.model.Failure;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What becomes of a workflow in this pass: the record of every operation after what happened was
 * folded in and what may start was started, and the effects that have to be under way for it.
 *
 * <pre>
 *            hard dependency failed ─► Skipped
 * Pending ─► Ready ─► Running ─► Succeeded ─────────► RolledBack
 *              ▲         │  └───► Failed ────────────►    ▲
 *              └─ retry ─┘  └───► Cancelled ──────────────┘
 * </pre>
 */
final class Course {
  private final WorkflowInput input;
  private final BatchWorkflowSpec spec;
  private final Optional<Failure> refusal;
  private final Orders orders;
  private final Operations operations;
  private final Span span;
  private final List<WorkflowAction> front = new ArrayList<>();
  private final Alarm alarm = new Alarm();
  private List<String> lacking = List.of();
  private Optional<RollbackStatus> rollback;
  private Optional<Scope> scope = Optional.empty();
  private Optional<Failure> gate = Optional.empty();

  private Course(WorkflowInput input) {
    this.input = input;
    this.spec = input.spec();
    Graph.Reading reading = Graph.of(spec);
    this.refusal =
        input
            .around()
            .workspaceProblem()
            .or(
                () ->
                    reading instanceof Graph.Bad(Failure why)
                        ? Optional.of(why)
                        : Optional.empty());
    this.orders = Orders.of(spec, input.status(), Operations.recorded(input), now());
    this.operations = orders.operations();
    this.span = new Span(input, operations, orders.restarted());
    this.rollback = orders.rollback();
    if (refusal.isEmpty() && reading instanceof Graph.Good(Graph graph)) {
      run(graph);
    }
  }

  static Course of(WorkflowInput input) {
    return new Course(input);
  }

  private void run(Graph graph) {
    boolean held = Gates.suspended(input) || spec.mode() == Mode.Plan || input.ref().deleting();
    Scope here =
        new Scope(input, graph, Objects.requireNonNullElse(orders.handledResume(), ""), held);
    scope = Optional.of(here);
    Forward forward = new Forward(here, operations);
    forward.fold();
    steer(here, forward);
    add(forward.front(), forward.wakeAt());
  }

  /** Forwards, backwards, or no further. */
  private void steer(Scope here, Forward forward) {
    if (backwards().isEmpty() && failing().isPresent()) {
      turnBack(failing());
      forward.settle();
    } else if (backwards().isPresent()) {
      forward.abandon();
      Backward backward = new Backward(here, operations, backwards().get());
      rollback = Optional.of(backward.run());
      lacking = List.copyOf(backward.lacking());
      add(backward.front(), backward.wakeAt());
    } else if (finished(RollbackPhase.Completed) || finished(RollbackPhase.Failed)) {
      forward.abandon();
    } else {
      goOn(here, forward);
      turnBack(failing()); // what was just begun may have failed at once
    }
  }

  /** What failed is written first: the way back begins with the next pass. */
  private void turnBack(Optional<RollbackStatus> begins) {
    if (begins.isPresent()) {
      rollback = begins;
      alarm.set(now());
    }
  }

  private void goOn(Scope here, Forward forward) {
    if (Boolean.TRUE.equals(spec.cancel())) {
      forward.abandon();
      forward.cancelRest();
      return;
    }
    gate = Gates.closed(here, operations);
    boolean stopped =
        operations.any(OperationPhase.Failed) && spec.onFailure() != FailureAction.Continue;
    if (gate.isPresent()) {
      forward.settle();
    } else if (timedOut()) {
      late(forward);
    } else if (stopped) {
      forward.settle();
      span.deadline().ifPresent(alarm::set);
    } else {
      forward.start();
      lacking = List.copyOf(forward.lacking());
      span.deadline().ifPresent(alarm::set);
    }
  }

  private void late(Forward forward) {
    if (spec.onFailure() == FailureAction.Rollback) {
      rollback = begins(Span.TIMED_OUT, "it took longer than " + spec.timeout());
      forward.settle();
      alarm.set(now());
    } else {
      forward.timeOut();
    }
  }

  /** Everything has to be taken back, because something failed. */
  private Optional<RollbackStatus> failing() {
    if (spec.onFailure() != FailureAction.Rollback
        || rollback.isPresent()
        || spec.mode() == Mode.Plan) {
      return Optional.empty();
    }
    Optional<OperationStatus> failed = operations.in(OperationPhase.Failed).stream().findFirst();
    return failed.flatMap(
        one ->
            begins(
                "OperationFailed", "operation %s failed: %s".formatted(one.name(), one.message())));
  }

  private Optional<RollbackStatus> begins(String reason, String message) {
    return Optional.of(Orders.begin(reason, message, List.of(), now()));
  }

  private void add(List<WorkflowAction> actions, Optional<Instant> at) {
    if (!input.ref().deleting()) {
      front.addAll(actions);
      at.ifPresent(alarm::set);
    }
  }

  private Optional<RollbackStatus> backwards() {
    return rollback.filter(r -> r.phase() == RollbackPhase.Running);
  }

  boolean finished(RollbackPhase phase) {
    return rollback.filter(r -> r.phase() == phase).isPresent();
  }

  WorkflowInput input() {
    return input;
  }

  private Instant now() {
    return input.now().truncatedTo(ChronoUnit.SECONDS);
  }

  Optional<Failure> refusal() {
    return refusal;
  }

  Optional<Failure> gate() {
    return gate;
  }

  private boolean held() {
    return scope.map(Scope::held).orElse(false) || gate.isPresent();
  }

  /** Empty while it is held back: its time does not count. */
  Optional<Instant> countsFrom() {
    return held() ? Optional.empty() : span.countsFrom();
  }

  boolean timedOut() {
    return !held() && span.timedOut();
  }

  Optional<Scope> scope() {
    return scope;
  }

  Operations operations() {
    return operations;
  }

  Span span() {
    return span;
  }

  List<WorkflowAction> front() {
    return front;
  }

  Optional<Instant> wakeAt() {
    return alarm.earliest();
  }

  Optional<RollbackStatus> rollback() {
    return rollback;
  }

  /** What waits for nothing but a place, forwards or backwards. */
  List<String> lacking() {
    return lacking;
  }

  Orders orders() {
    return orders;
  }
}
