package dev.provisioning.planning.workflow;

import dev.provisioning.api.workflow.BatchWorkflowSpec;
import dev.provisioning.api.workflow.BatchWorkflowStatus;
import dev.provisioning.api.workflow.OperationStatus;
import dev.provisioning.api.workflow.RollbackPhase;
import dev.provisioning.api.workflow.RollbackStatus;
import dev.provisioning.api.workflow.UndoPhase;
import dev.provisioning.planning.config.Hashes;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The orders of a person, each carried out once: resume with a token, and rollback. What is
 * recorded of them makes the second look at the same order find nothing to do.
 *
 * @param restarted whether the clock of the workflow begins anew
 */
record Orders(
    Operations operations,
    Optional<RollbackStatus> rollback,
    String handledResume,
    String handledRollback,
    boolean restarted) {
  private static final String REQUESTED = "RollbackRequested";
  private static final int HASH_LENGTH = 16;

  /** {@code before} holds the operations as last recorded. */
  static Orders of(
      BatchWorkflowSpec spec,
      Optional<BatchWorkflowStatus> status,
      Operations before,
      Instant now) {
    Orders recorded =
        new Orders(
            before,
            status.map(BatchWorkflowStatus::rollback),
            status.map(BatchWorkflowStatus::handledResume).orElse(null),
            status.map(BatchWorkflowStatus::handledRollback).orElse(null),
            false);
    return recorded.resumed(spec, now).rolledBack(spec, now);
  }

  private Orders resumed(BatchWorkflowSpec spec, Instant now) {
    String token = spec.resume() == null ? null : spec.resume().token();
    boolean cancelled = Boolean.TRUE.equals(spec.cancel()); // the token counts when it is not
    if (token == null || token.equals(handledResume) || cancelled) {
      return this;
    }
    Optional<RollbackPhase> phase = rollback.map(RollbackStatus::phase);
    if (phase.filter(RollbackPhase.Failed::equals).isPresent()) {
      Operations next = operations.each(Orders::undoneAgain);
      RollbackStatus again =
          rollback.get().with(b -> b.phase(RollbackPhase.Running).failed(0).finishedAt(null));
      return new Orders(next, Optional.of(again), token, handledRollback, false);
    }
    if (phase.filter(RollbackPhase.Running::equals).isPresent()) {
      return new Orders(operations, rollback, token, handledRollback, false);
    }
    Operations next = operations.each(Orders::doneAgain);
    boolean changed = !next.all().equals(operations.all());
    return new Orders(next, Optional.empty(), token, handledRollback, changed);
  }

  private Orders rolledBack(BatchWorkflowSpec spec, Instant now) {
    boolean requested = spec.rollback() != null && Boolean.TRUE.equals(spec.rollback().requested());
    if (!requested) {
      return new Orders(operations, rollback, handledResume, null, restarted);
    }
    List<String> chosen = spec.rollback().operations();
    String order = Hashes.sha256(String.join("\n", chosen)).substring(0, HASH_LENGTH);
    if (Objects.equals(order, handledRollback)) {
      return this;
    }
    Optional<RollbackStatus> under =
        rollback.filter(r -> r.phase() != RollbackPhase.Completed).map(r -> wider(r, chosen));
    RollbackStatus next =
        under.orElseGet(() -> begin(REQUESTED, "spec.rollback.requested is true", chosen, now));
    return new Orders(operations, Optional.of(next), handledResume, order, restarted);
  }

  /** What is taken back already, and {@code chosen} too; nothing named is everything. */
  private RollbackStatus wider(RollbackStatus rollback, List<String> chosen) {
    Set<String> all = new LinkedHashSet<>(rollback.operations());
    all.addAll(chosen);
    all.retainAll(operations.names()); // names of nothing would add up from edit to edit
    boolean everything = rollback.operations().isEmpty() || chosen.isEmpty();
    return rollback.with(
        b ->
            b.operations(everything ? List.of() : List.copyOf(all))
                .phase(RollbackPhase.Running)
                .finishedAt(null));
  }

  static RollbackStatus begin(String reason, String message, List<String> chosen, Instant now) {
    return new RollbackStatus(
        RollbackPhase.Running, reason, message, chosen, null, null, null, now, null);
  }

  private static OperationStatus undoneAgain(OperationStatus operation) {
    return operation.undo() != null && operation.undo().phase() == UndoPhase.Failed
        ? operation.with(
            b -> b.undo(operation.undo().withPhase(null)).reason(null).message(null).retryAt(null))
        : operation;
  }

  private static OperationStatus doneAgain(OperationStatus operation) {
    return switch (operation.phase()) {
      case Failed, Skipped, Cancelled ->
          fresh(operation)
              .with(
                  b ->
                      b.children(operation.children())
                          .servers(operation.servers())
                          .undo(operation.undo()));
      case RolledBack -> fresh(operation);
      case Ready ->
          operation.with(
              b -> b.retryAt(null).attempt(null).uncounted(null).reason(null).message(null));
      case Pending, Running, Succeeded -> operation;
    };
  }

  private static OperationStatus fresh(OperationStatus operation) {
    return Operations.pending(operation.name());
  }
}
