package dev.provisioning.planning.workflow;

import dev.provisioning.api.DurationText;
import dev.provisioning.api.workflow.BatchWorkflowStatus;
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
    Optional<Instant> recorded =
        input
            .status()
            .map(BatchWorkflowStatus::progress)
            .map(WorkflowProgress::startedAt)
            .filter(at -> !restarted);
    return recorded.or(
        () ->
            operations.begun()
                ? Optional.of(input.now().truncatedTo(ChronoUnit.SECONDS))
                : Optional.empty());
  }

  /** When the whole has to be over; empty if it may take any time, or is over. */
  Optional<Instant> deadline() {
    String timeout = input.spec().timeout();
    return startedAt()
        .filter(start -> timeout != null && !operations.over())
        .map(start -> start.plus(DurationText.parse(timeout)));
  }

  boolean timedOut() {
    return deadline().filter(end -> !input.now().isBefore(end)).isPresent();
  }
}
