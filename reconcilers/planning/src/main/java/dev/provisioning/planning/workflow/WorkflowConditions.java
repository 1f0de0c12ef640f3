package dev.provisioning.planning.workflow;

import dev.provisioning.api.Condition;
import dev.provisioning.api.ConditionStatus;
import dev.provisioning.api.workflow.BatchWorkflowStatus;
import dev.provisioning.api.workflow.OperationPhase;
import dev.provisioning.api.workflow.OperationStatus;
import dev.provisioning.api.workflow.Phase;
import dev.provisioning.api.workflow.RollbackPhase;
import dev.provisioning.api.workflow.RollbackStatus;
import dev.provisioning.api.workflow.UndoPhase;
import dev.provisioning.planning.Conditions;
import dev.provisioning.planning.FailurePolicy;
import dev.provisioning.spi.model.Failure;
import java.util.List;
import java.util.Optional;

/**
 * Conditions by the rules of kstatus. An end that is not success is Stalled: nothing goes on until
 * a person says so.
 */
final class WorkflowConditions {
  static final String SUCCEEDED = "Succeeded";

  private WorkflowConditions() {}

  /** Why it is as it is. */
  private record Story(String reason, String message, boolean stalled) {}

  static List<Condition> of(Course course, BatchWorkflowStatus draft) {
    WorkflowInput input = course.input();
    Conditions conditions =
        new Conditions(
            input.status().map(BatchWorkflowStatus::conditions).orElse(List.of()),
            input.ref().generation(),
            input.now());
    boolean well = draft.phase() == Phase.Succeeded;
    Story story = story(course, draft);
    conditions.set(Conditions.READY, well, story.reason(), story.message());
    boolean ended = Standing.ended(draft.phase());
    conditions.set(
        SUCCEEDED,
        ended ? (well ? ConditionStatus.True : ConditionStatus.False) : ConditionStatus.Unknown,
        story.reason(),
        story.message());
    if (!well && story.stalled()) {
      conditions.set(Conditions.STALLED, true, story.reason(), story.message());
    } else if (!well) {
      conditions.set(Conditions.RECONCILING, true, story.reason(), story.message());
    }
    Gates.suspension(input)
        .ifPresent(why -> conditions.set(Conditions.SUSPENDED, true, "Suspended", why));
    return conditions.list();
  }

  private static Story story(Course course, BatchWorkflowStatus draft) {
    if (course.refusal().isPresent()) {
      Failure why = course.refusal().get();
      boolean stalled = FailurePolicy.of(why, 1, course.input().ref().uid()).stalled();
      return new Story(why.reason(), why.message(), stalled);
    }
    return switch (draft.phase()) {
      case Succeeded ->
          new Story("Succeeded", Texts.count(draft.progress().total()) + " succeeded", false);
      case Failed -> failed(course, draft);
      case Cancelled ->
          new Story(
              "Cancelled",
              "%s operations were done when it was cancelled; %sa new resume.token goes on"
                  .formatted(
                      draft.progress().done(),
                      Boolean.TRUE.equals(course.input().spec().cancel())
                          ? "cancel: false and "
                          : ""),
              true);
      case RolledBack -> rolledBack(course.rollback().orElseThrow());
      case RollingBack -> goingBack(course);
      case Cancelling -> running("Cancelling", "cancels: waits for ", course);
      case Suspended ->
          new Story(
              "Suspended",
              Gates.suspension(course.input()).orElseThrow() + ": nothing starts until it is false",
              false);
      case Pending, Planned, Running ->
          course
              .gate()
              .map(gate -> new Story(gate.reason(), gate.message(), false))
              .orElseGet(
                  () -> running("Running", draft.progress().done() + " done; runs: ", course));
    };
  }

  private static Story running(String reason, String prefix, Course course) {
    Optional<OperationStatus> first = WorkflowProjector.firstWith(course, OperationPhase.Running);
    if (first.isPresent()) {
      return new Story(reason, prefix + told(first.get()) + others(course), false);
    }
    return WorkflowProjector.firstWith(course, OperationPhase.Ready)
        .map(
            o ->
                new Story(
                    o.retryAt() == null ? reason : "ProgressingWithRetry",
                    o.retryAt() == null
                        ? waits(o, course)
                        : "%s: %s; next try at %s".formatted(o.name(), o.message(), o.retryAt()),
                    false))
        .orElseGet(() -> new Story(reason, "goes on", false));
  }

  private static String waits(OperationStatus ready, Course course) {
    return Forward.OTHERS.equals(ready.reason())
        ? ready.name() + " " + ready.message()
        : ready.name() + " waits for a place" + Schedule.holders(course.input());
  }

  private static String others(Course course) {
    int all = course.operations().in(OperationPhase.Running).size();
    return all <= 1 ? "" : "; %d more run".formatted(all - 1);
  }

  private static String told(OperationStatus operation) {
    String since = ", since " + operation.startedAt();
    return operation.message() == null
        ? operation.name() + since
        : operation.name() + " (" + operation.message() + ")" + since;
  }

  private static Story failed(Course course, BatchWorkflowStatus draft) {
    if (course.finished(RollbackPhase.Failed)) {
      return course.operations().all().stream()
          .filter(o -> o.undo() != null && o.undo().phase() == UndoPhase.Failed)
          .findFirst()
          .map(
              o ->
                  new Story(
                      "RollbackFailed",
                      "the undo of %s failed: %s; a new resume.token tries it again"
                          .formatted(o.name(), o.message()),
                      true))
          .orElseGet(() -> new Story("RollbackFailed", "the rollback failed", true));
    }
    Optional<OperationStatus> first =
        course.operations().in(OperationPhase.Failed).stream().findFirst();
    if (first.isEmpty()) {
      return new Story(
          course.timedOut() || course.operations().timedOut()
              ? Span.TIMED_OUT
              : "OperationCancelled",
          "it did not come to its end: %s done; a new resume.token goes on"
              .formatted(draft.progress().done()),
          true);
    }
    int attempts = ScriptBundle.number(first.get().attempt());
    return new Story(
        "OperationFailed",
        "operation %s failed%s: %s; a new resume.token tries it again"
            .formatted(
                first.get().name(),
                attempts > 1 ? " after %d tries".formatted(attempts) : "",
                first.get().message()),
        true);
  }

  private static Story goingBack(Course course) {
    RollbackStatus rollback = course.rollback().orElseThrow();
    return course.operations().all().stream()
        .filter(o -> o.undo() != null && o.undo().phase() == UndoPhase.Running)
        .findFirst()
        .map(
            o ->
                new Story(
                    "RollingBack",
                    "takes back %s%s, since %s"
                        .formatted(
                            o.name(),
                            o.message() == null ? "" : " (" + o.message() + ")",
                            o.undo().startedAt()),
                    false))
        .orElseGet(
            () ->
                new Story(
                    "RollingBack",
                    course.lacking().isEmpty()
                        ? "goes back: " + rollback.message()
                        : "%s waits for a place to be taken back%s"
                            .formatted(
                                course.lacking().getFirst(), Schedule.holders(course.input())),
                    false));
  }

  private static Story rolledBack(RollbackStatus rollback) {
    String left =
        switch (ScriptBundle.number(rollback.left())) {
          case 0 -> "";
          case 1 -> "; 1 irreversible one is left as it is";
          default -> "; %d irreversible ones are left as they are".formatted(rollback.left());
        };
    return new Story(
        "RolledBack",
        "%s taken back, because %s%s"
            .formatted(
                Texts.count(ScriptBundle.number(rollback.completed())), rollback.message(), left),
        true);
  }
}
