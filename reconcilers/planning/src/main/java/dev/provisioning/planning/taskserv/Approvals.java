package dev.provisioning.planning.taskserv;

import dev.provisioning.api.PlanStatus;
import dev.provisioning.api.PlannedAction;
import dev.provisioning.api.taskserv.TaskServStatus;
import dev.provisioning.planning.PlanHash;
import dev.provisioning.planning.ResourceRef;
import dev.provisioning.planning.taskserv.TaskServAction.AttachOperation;
import dev.provisioning.planning.taskserv.TaskServAction.GenerateSecrets;
import dev.provisioning.spi.model.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A person approves a plan by its hash; what is left of an approved plan stays approved. */
final class Approvals {
  static final String REASON = "ApprovalRequired";

  private Approvals() {}

  static Optional<Failure> required(Assessment assessment, List<TaskServAction> actions) {
    TaskServInput input = assessment.input();
    boolean gated = input.world().workspace().map(WorkspaceView::requireApproval).orElse(false);
    boolean onlySecrets = actions.stream().allMatch(GenerateSecrets.class::isInstance);
    // Going back was agreed to with spec.onFailure.
    if (!gated || onlySecrets || assessment.rollsBack() || approved(input, actions)) {
      return Optional.empty();
    }
    PlanHash hash = hash(input, actions);
    return Optional.of(
        new Failure.Waiting(
            REASON,
            "waits for approval: annotate %s=%s".formatted(ResourceRef.APPROVE_PLAN, hash),
            Duration.ofDays(1)));
  }

  /** By which a person approves these actions, once. */
  static PlanHash hash(TaskServInput input, List<TaskServAction> actions) {
    return PlanHash.of(actions)
        .after(input.status().map(TaskServStatus::usedApproval).orElse(null));
  }

  static boolean approved(TaskServInput input, List<TaskServAction> actions) {
    Optional<String> given = input.ref().annotation(ResourceRef.APPROVE_PLAN);
    return given.isPresent()
        && (given.get().equals(hash(input, actions).value())
            || restOf(input, given.get(), actions));
  }

  /** The approved plan is on its way: every action left is one that it had. */
  static boolean restOf(TaskServInput input, String approved, List<TaskServAction> actions) {
    Optional<PlanStatus> plan =
        input
            .status()
            .map(TaskServStatus::plan)
            .filter(p -> Boolean.TRUE.equals(p.approved()) && approved.equals(p.hash()));
    Set<PlannedAction> known =
        plan.stream().flatMap(p -> p.actions().stream()).collect(Collectors.toSet());
    return plan.isPresent()
        && actions.stream()
            .filter(a -> !(a instanceof AttachOperation))
            .allMatch(a -> known.contains(shown(a)));
  }

  /** As it stands in the status, where the rest of an approved plan is recognised. */
  static PlannedAction shown(TaskServAction action) {
    return new PlannedAction(
        action.name(),
        action.description(),
        action.destructive() ? true : null,
        action.content().isEmpty() ? null : action.content());
  }
}
