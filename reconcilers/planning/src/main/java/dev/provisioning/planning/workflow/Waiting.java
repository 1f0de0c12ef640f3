package dev.provisioning.planning.workflow;

import dev.provisioning.api.DurationText;
import dev.provisioning.api.workflow.OperationStatus;
import dev.provisioning.api.workflow.WaitCondition;
import dev.provisioning.planning.workflow.WorkflowAction.LookAt;
import dev.provisioning.spi.model.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Time passes, a condition comes true, or a person says yes. */
final class Waiting {
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);
  private static final Duration POLICY_AGAIN = Duration.ofMinutes(1);

  private Waiting() {}

  static Turn turn(Scope scope, Work work, OperationStatus status) {
    String duration = work.operation().waiting().duration();
    if (duration == null) {
      return condition(scope, work, status);
    }
    Instant end = status.startedAt().plus(DurationText.parse(duration));
    return scope.now().isBefore(end)
        ? Turn.goesOn(status.withMessage("waits until " + end), List.of()).wakingAt(end)
        : Turn.done(status);
  }

  private static Turn condition(Scope scope, Work work, OperationStatus status) {
    LookAt look = look(work);
    Optional<Object> answer = Effects.result(scope, look.key());
    if (answer.isPresent()) {
      LookAt.Answer said = (LookAt.Answer) answer.get();
      return said.holds() ? Turn.done(status) : later(scope, status, said.message());
    }
    Optional<Failure> failure = Effects.failure(scope, look.key());
    if (failure.isPresent()) {
      return later(scope, status, failure.get().message());
    }
    return status.retryAt() != null && scope.now().isBefore(status.retryAt())
        ? Turn.goesOn(status, List.of()).wakingAt(status.retryAt())
        : Turn.goesOn(status, List.of(look));
  }

  /** The time of the next look is not told: it would be a write for nothing. */
  private static Turn later(Scope scope, OperationStatus status, String message) {
    return Turn.goesOn(status.withMessage(Steps.shortened(message)), List.of())
        .wakingAt(scope.now().plus(LOOK_AGAIN));
  }

  static LookAt look(Work work) {
    WaitCondition condition = work.operation().waiting().condition();
    return new LookAt(work.name(), condition, "wait until " + Texts.condition(condition));
  }

  static Turn approval(Scope scope, Work work, OperationStatus status) {
    String name = Marks.APPROVE + work.name();
    List<String> approvers = work.operation().approval().approvers();
    if (!approvers.isEmpty() && !scope.input().around().approversHeld()) {
      return Turn.goesOn(status.withMessage(Texts.unheld(approvers)), List.of())
          .wakingAt(scope.now().plus(POLICY_AGAIN));
    }
    // An answer of before the resume is no answer to the question that is asked anew.
    String run = scope.resume().isEmpty() ? "" : "/" + scope.resume();
    String answer = scope.input().ref().annotation(name).orElse("").strip();
    if (answer.equals("yes" + run)) {
      return Turn.done(status);
    }
    if (answer.equals("no" + run)) {
      return Turn.failed(status, new Failure.Permanent("NotApproved", "a person said no"), false);
    }
    return Turn.goesOn(
        status.withMessage(Steps.shortened(Texts.approval(work, name, run))), List.of());
  }
}
