package dev.provisioning.planning.taskserv;

import dev.provisioning.api.Mode;
import dev.provisioning.planning.taskserv.TaskServAction.AttachOperation;
import dev.provisioning.planning.taskserv.TaskServAction.GenerateSecrets;
import dev.provisioning.spi.model.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What holds a whole plan back though nothing is wrong: suspension, plan mode, approval. */
final class PlanGate {
  private static final Duration UNTIL_A_PERSON_ACTS = Duration.ofDays(1);

  private PlanGate() {}

  /** Empty also when there is nothing to hold back; nothing holds a deletion. */
  static Optional<Failure> closed(Assessment assessment, List<TaskServAction> actions) {
    TaskServInput input = assessment.input();
    boolean onlyFollows = actions.stream().allMatch(AttachOperation.class::isInstance);
    if (onlyFollows || input.ref().deleting()) {
      return Optional.empty();
    }
    if (suspended(input)) {
      return waiting("Suspended", "spec.suspend is true");
    }
    return input.spec().mode() == Mode.Plan
        ? waiting("PlanOnly", "spec.mode is Plan: status.plan shows what Apply would do")
        : Approvals.required(assessment, actions);
  }

  /**
   * Whether the action starts though the gate is closed: following what runs is no effect, and
   * secrets must be there before anything can be approved.
   */
  static boolean lets(TaskServAction action, Failure closed) {
    return action instanceof AttachOperation
        || action instanceof GenerateSecrets && closed.reason().equals(Approvals.REASON);
  }

  private static boolean suspended(TaskServInput input) {
    return Boolean.TRUE.equals(input.spec().suspend())
        || input
            .world()
            .workspace()
            .filter(view -> Boolean.TRUE.equals(view.spec().suspend()))
            .isPresent();
  }

  private static Optional<Failure> waiting(String reason, String message) {
    return Optional.of(new Failure.Waiting(reason, message, UNTIL_A_PERSON_ACTS));
  }
}
