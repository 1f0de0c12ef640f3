package dev.provisioning.planning.workflow;

import dev.provisioning.api.Mode;
import dev.provisioning.spi.model.Failure;
import java.time.Duration;
import java.util.Optional;

/** What holds a whole workflow back though nothing failed: suspension, plan mode, approval. */
final class Gates {
  private static final Duration UNTIL_A_PERSON_ACTS = Duration.ofDays(1);

  private Gates() {}

  /** By its own spec or by its Workspace. */
  static boolean suspended(WorkflowInput input) {
    return Boolean.TRUE.equals(input.spec().suspend())
        || input.around().workspace().map(WorkspaceFacts::suspended).orElse(false);
  }

  /** The first that is closed; stamps {@code operations} when their plan is approved. */
  static Optional<Failure> closed(Scope scope, Operations operations) {
    if (suspended(scope.input())) {
      return waiting("Suspended", "spec.suspend is true");
    }
    return scope.input().spec().mode() == Mode.Plan
        ? waiting("PlanOnly", "spec.mode is Plan: status.plan shows what Apply would do")
        : Approvals.required(scope, operations);
  }

  private static Optional<Failure> waiting(String reason, String message) {
    return Optional.of(new Failure.Waiting(reason, message, UNTIL_A_PERSON_ACTS));
  }
}
