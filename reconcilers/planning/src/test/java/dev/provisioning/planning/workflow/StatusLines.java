package dev.provisioning.planning.workflow;

import dev.provisioning.api.workflow.BatchWorkflowStatus;
import dev.provisioning.api.workflow.OperationStatus;
import java.util.List;

/** What a status holds beyond its conditions, a line each. */
final class StatusLines {
  private StatusLines() {}

  /** {@code warm-up Skipped DependencyFailed: cache failed}. */
  static List<String> operations(BatchWorkflowStatus status) {
    return status.operations().stream().map(StatusLines::line).toList();
  }

  /** What the plan would do; what destroys something is marked. */
  static List<String> plan(BatchWorkflowStatus status) {
    return status.plan().actions().stream()
        .map(a -> (Boolean.TRUE.equals(a.destructive()) ? "!! " : "") + a.description())
        .toList();
  }

  private static String line(OperationStatus operation) {
    String told =
        operation.message() == null || operation.reason() == null
            ? operation.message()
            : operation.reason() + ": " + operation.message();
    return operation.name() + " " + operation.phase() + (told == null ? "" : " " + told);
  }
}
