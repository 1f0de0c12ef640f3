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
    return suspension(input).isPresent();
  }

  /** Whose field says so, for people; empty while it is not suspended. */
  static Optional<String> suspension(WorkflowInput input) {
    return Boolean.TRUE.equals(input.spec().suspend())
        ? Optional.of("spec.suspend is true")
        : input
            .around()
            .workspace()
            .filter(WorkspaceFacts::suspended)
            .map(workspace -> "spec.suspend of Workspace %s is true".formatted(workspace.name()));
  }

  /** The first that is closed; stamps {@code operations} when their plan is approved. */
  static Optional<Failure> closed(Scope scope, Operations operations) {
    Optional<String> suspension = suspension(scope.input());
    if (suspension.isPresent()) {
      return waiting("Suspended", suspension.get());
    }
    return scope.input().spec().mode() == Mode.Plan
        ? waiting("PlanOnly", "spec.mode is Plan: status.plan shows what Apply would do")
        : Approvals.required(scope, operations);
  }

  private static Optional<Failure> waiting(String reason, String message) {
    return Optional.of(new Failure.Waiting(reason, message, UNTIL_A_PERSON_ACTS));
  }
}
