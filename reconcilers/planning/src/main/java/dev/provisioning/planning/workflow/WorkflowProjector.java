package dev.provisioning.planning.workflow;

import dev.provisioning.api.Cost;
import dev.provisioning.api.PlanStatus;
import dev.provisioning.api.PlannedAction;
import dev.provisioning.api.workflow.BatchWorkflowStatus;
import dev.provisioning.api.workflow.BatchWorkflowStatusBuilder;
import dev.provisioning.api.workflow.OperationPhase;
import dev.provisioning.api.workflow.OperationStatus;
import dev.provisioning.api.workflow.Phase;
import dev.provisioning.api.workflow.WorkflowProgress;
import dev.provisioning.planning.Plan;
import dev.provisioning.planning.PlanHash;
import dev.provisioning.planning.Projection;
import dev.provisioning.planning.Projector;
import dev.provisioning.planning.ResourceRef;
import dev.provisioning.planning.workflow.WorkflowAction.Announced;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Says how far a BatchWorkflow is. */
public final class WorkflowProjector
    implements Projector<WorkflowInput, WorkflowAction, BatchWorkflowStatus> {
  private static final int MOST_ACTIONS = 511;
  private static final int MOST_CURRENT = 10;

  @Override
  public Projection<BatchWorkflowStatus> project(WorkflowInput input, Plan<WorkflowAction> plan) {
    if (input.ref().deleting() && input.status().isPresent()) {
      return new Projection<>(input.status().get(), List.of());
    }
    Course course = Course.of(input);
    Phase phase = Standing.phase(course);
    BatchWorkflowStatus draft =
        BatchWorkflowStatusBuilder.builder()
            .observedGeneration(input.ref().generation())
            .phase(phase)
            .progress(progress(course, phase))
            .operations(Brevity.of(course.operations().all()))
            .rollback(course.rollback().orElse(null))
            .handledRollback(course.orders().handledRollback())
            .handledResume(course.orders().handledResume())
            .plan(planned(course, plan))
            .lastHandledReconcileAt(
                input.ref().annotation(ResourceRef.RECONCILE_REQUESTED_AT).orElse(null))
            .build();
    BatchWorkflowStatus status = draft.withConditions(WorkflowConditions.of(course, draft));
    return new Projection<>(status, WorkflowEvents.of(input, status));
  }

  private static WorkflowProgress progress(Course course, Phase phase) {
    List<OperationStatus> all = course.operations().all();
    int succeeded = count(all, OperationPhase.Succeeded);
    return new WorkflowProgress(
        percent(all, succeeded),
        all.size(),
        succeeded,
        count(all, OperationPhase.Failed),
        count(all, OperationPhase.Running),
        course.lacking().size(),
        Schedule.taken(course.input().spec(), course.operations()),
        succeeded + "/" + all.size(),
        current(all),
        course.span().startedAt().orElse(null),
        course.countsFrom().orElse(null),
        Standing.finishedAt(course).orElse(null),
        estimate(course, phase).orElse(null));
  }

  /** Those that run count for as much as they say they have done. */
  private static int percent(List<OperationStatus> all, int succeeded) {
    int under =
        all.stream()
            .filter(o -> o.phase() == OperationPhase.Running && o.progress() != null)
            .mapToInt(OperationStatus::progress)
            .sum();
    return (100 * succeeded + under) / Math.max(1, all.size());
  }

  private static List<String> current(List<OperationStatus> all) {
    return all.stream()
        .filter(o -> o.phase() == OperationPhase.Running)
        .map(OperationStatus::name)
        .limit(MOST_CURRENT)
        .toList();
  }

  private static Optional<Instant> estimate(Course course, Phase phase) {
    return phase == Phase.Running
        ? course.scope().flatMap(scope -> Estimate.of(scope, course.operations()))
        : Optional.empty();
  }

  private static int count(List<OperationStatus> all, OperationPhase phase) {
    return (int) all.stream().filter(o -> o.phase() == phase).count();
  }

  private static PlanStatus planned(Course course, Plan<WorkflowAction> plan) {
    List<Announced> shown =
        plan.actions().stream()
            .filter(Announced.class::isInstance)
            .map(Announced.class::cast)
            .toList();
    if (shown.isEmpty()) {
      return null;
    }
    boolean asks = course.gate().filter(g -> g.reason().equals(Approvals.REASON)).isPresent();
    Cost cost = course.scope().map(scope -> Prices.of(scope, course.operations())).orElse(null);
    return new PlanStatus(
        PlanHash.of(shown, cost).value(), lines(shown), cost, asks ? Boolean.FALSE : null);
  }

  private static List<PlannedAction> lines(List<Announced> shown) {
    List<PlannedAction> lines = new ArrayList<>();
    for (Announced a : shown.subList(0, Math.min(shown.size(), MOST_ACTIONS))) {
      Boolean destructive = a.destructive() ? true : null;
      lines.add(new PlannedAction(a.name(), Steps.shortened(a.description()), destructive, null));
    }
    if (shown.size() > MOST_ACTIONS) {
      String more = "and %d more".formatted(shown.size() - MOST_ACTIONS);
      lines.add(new PlannedAction("More", more, null, null));
    }
    return lines;
  }

  static Optional<OperationStatus> firstWith(Course course, OperationPhase phase) {
    List<OperationStatus> some = course.operations().in(phase);
    return some.stream()
        .filter(o -> Objects.nonNull(o.message()))
        .findFirst()
        .or(() -> some.stream().findFirst());
  }
}
