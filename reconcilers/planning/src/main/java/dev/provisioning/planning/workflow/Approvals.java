package dev.provisioning.planning.workflow;

import dev.provisioning.planning.PlanHash;
import dev.provisioning.planning.ResourceRef;
import dev.provisioning.planning.workflow.WorkflowAction.Announced;
import dev.provisioning.spi.model.Failure;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A person approves a plan and its price by one hash. What was approved is stamped on every
 * operation; one whose stamp is no longer what it would do is not started, and the rest asks again.
 * Once an operation was begun, the stamps hold at any price.
 */
final class Approvals {
  static final String REASON = "ApprovalRequired";

  private Approvals() {}

  /** Stamps {@code operations} when the plan is approved. */
  static Optional<Failure> required(Scope scope, Operations operations) {
    boolean gated =
        scope.input().around().workspace().map(WorkspaceFacts::requireApproval).orElse(false);
    List<Announced> plan = gated ? Announcement.of(scope, operations) : List.of();
    if (plan.isEmpty() || operations.begun() && stamped(plan, operations)) {
      return Optional.empty();
    }
    String hash = PlanHash.of(plan, Prices.of(scope, operations)).value();
    if (scope.input().ref().annotation(ResourceRef.APPROVE_PLAN).filter(hash::equals).isPresent()) {
      names(plan)
          .forEach(
              name ->
                  operations.put(
                      operations.get(name).withInputsHash(Announcement.stamp(plan, name))));
      return Optional.empty();
    }
    return Optional.of(
        new Failure.Waiting(
            REASON,
            "waits for approval: annotate %s=%s".formatted(ResourceRef.APPROVE_PLAN, hash),
            Duration.ofDays(1)));
  }

  private static boolean stamped(List<Announced> plan, Operations operations) {
    return names(plan).stream()
        .allMatch(name -> Announcement.stamp(plan, name).equals(operations.get(name).inputsHash()));
  }

  private static Set<String> names(List<Announced> plan) {
    Set<String> names = new HashSet<>();
    plan.forEach(action -> names.add(action.operation()));
    return names;
  }
}
