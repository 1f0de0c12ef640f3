package dev.provisioning.planning.workflow;

import dev.provisioning.api.workflow.BatchWorkflowStatus;
import dev.provisioning.api.workflow.OperationStatus;
import dev.provisioning.api.workflow.WorkflowProgress;
import dev.provisioning.planning.config.Hashes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What every decision of one pass sees.
 *
 * @param resume the last resume token: another token is another run of the same operation
 * @param held nothing may be started; what runs is followed
 */
record Scope(WorkflowInput input, Graph graph, String resume, boolean held) {
  private static final int RESUME_LENGTH = 8;

  /** In whole seconds, as everything that is written. */
  Instant now() {
    return input.now().truncatedTo(ChronoUnit.SECONDS);
  }

  /** From when the time of what began at {@code start} counts: not while the whole was held. */
  Instant countsFrom(Instant start) {
    Instant whole =
        input
            .status()
            .map(BatchWorkflowStatus::progress)
            .map(WorkflowProgress::timeoutFrom)
            .orElse(now());
    return whole.isAfter(start) ? whole : start;
  }

  String uid() {
    return input.ref().uid();
  }

  Optional<ChildFacts> child(ChildRef ref) {
    return input.around().child(ref);
  }

  /** Names this run of the operation: what it carries out, and by which order. */
  String inputsHash(Work work) {
    String order = resume.isEmpty() ? "" : "." + Hashes.sha256(resume).substring(0, RESUME_LENGTH);
    return work.inputsHash() + order;
  }

  /**
   * Whether the spec says something else than what {@code status} was begun with, or approved for.
   * What only waits has no effect that could be another one.
   */
  boolean edited(Work work, OperationStatus status) {
    return work.type() != Work.Type.WAIT
        && (status.inputsHash() == null || !status.inputsHash().startsWith(work.inputsHash()));
  }
}
