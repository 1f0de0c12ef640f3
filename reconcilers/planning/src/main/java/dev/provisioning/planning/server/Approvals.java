package dev.provisioning.planning.server;

import dev.provisioning.api.PlanStatus;
import dev.provisioning.planning.PlanHash;
import dev.provisioning.planning.ResourceRef;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A person approves a plan and its price by one hash; what is left of a plan that was approved and
 * begun stays approved, whatever it costs by then.
 */
final class Approvals {
  private Approvals() {}

  static PlanHash hash(List<ServerAction> actions, ServerInput input) {
    return PlanHash.of(actions, Costs.ofPlan(input, actions));
  }

  static boolean approved(List<ServerAction> actions, ServerView view) {
    return given(view).filter(hash(actions, view.input()).value()::equals).isPresent()
        || actions.getFirst() instanceof ServerAction.DeleteMachine
        || rest(actions, view);
  }

  private static boolean rest(List<ServerAction> actions, ServerView view) {
    PlanStatus before = view.input().status().plan();
    return before != null
        && Boolean.TRUE.equals(before.approved())
        && actions.stream().allMatch(action -> shownIn(before, action))
        && (begun(before, actions, view)
            || Objects.equals(before.cost(), Costs.ofPlan(view.input(), actions)));
  }

  private static boolean shownIn(PlanStatus before, ServerAction action) {
    return before.actions().stream()
        .anyMatch(
            old ->
                old.action().equals(action.name())
                    && old.description().equals(action.description())
                    && Objects.requireNonNullElse(old.content(), "").equals(action.content()));
  }

  /**
   * One of its actions was carried out or is being sent. Later on the plan that stands in the
   * status is a rest already, and has another name than the plan that was approved.
   */
  private static boolean begun(PlanStatus before, List<ServerAction> actions, ServerView view) {
    boolean sent =
        view.intent()
            .filter(intent -> actions.stream().anyMatch(a -> a.key().equals(intent.action())))
            .isPresent();
    boolean fewer = actions.size() < before.actions().size();
    boolean restBefore = given(view).filter(hash -> !hash.equals(before.hash())).isPresent();
    return sent || fewer || restBefore;
  }

  private static Optional<String> given(ServerView view) {
    return view.input().ref().annotation(ResourceRef.APPROVE_PLAN);
  }
}
