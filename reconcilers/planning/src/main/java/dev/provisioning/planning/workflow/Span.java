package dev.provisioning.planning.workflow;

import dev.provisioning.api.DurationText;
import dev.provisioning.api.workflow.BatchWorkflowStatus;
import dev.provisioning.api.workflow.OperationStatus;
import dev.provisioning.api.workflow.WorkflowProgress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * From when to when a workflow may run.
 *
 * @param restarted it was resumed in this pass: its time begins anew
 */
record Span(WorkflowInput input, Operations operations, boolean restarted) {
  static final String TIMED_OUT = "WorkflowTimedOut";

  /** When the first operation of this run started; empty while none did. */
  Optional<Instant> startedAt() {
    return recorded().map(WorkflowProgress::startedAt).or(this::begins);
  }

  /** From when its time counts: what it was held back before is not its own. */
  Optional<Instant> countsFrom() {
    return recorded().map(WorkflowProgress::timeoutFrom).or(this::begins);
  }

  /** A run that goes on; what was added to one that was over begins another. */
  private Optional<WorkflowProgress> recorded() {
    boolean another = restarted || wasOver() && !operations.over();
    return input.status().map(BatchWorkflowStatus::progress).filter(progress -> !another);
  }

  private boolean wasOver() {
    return input
        .status()
        .map(BatchWorkflowStatus::operations)
        .filter(known -> !known.isEmpty())
        .filter(known -> known.stream().map(OperationStatus::phase).allMatch(Operations::isOver))
        .isPresent();
  }

  private Optional<Instant> begins() {
    return operations.begun()
        ? Optional.of(input.now().truncatedTo(ChronoUnit.SECONDS))
        : Optional.empty();
  }

  /** When the whole has to be over; empty if it may take any time, or is over. */
  Optional<Instant> deadline() {
    String timeout = input.spec().timeout();
    return countsFrom()
        .filter(start -> timeout != null && !operations.over())
        .map(start -> start.plus(DurationText.parse(timeout)));
  }

  boolean timedOut() {
    return deadline().filter(end -> !input.now().isBefore(end)).isPresent();
  }
}
