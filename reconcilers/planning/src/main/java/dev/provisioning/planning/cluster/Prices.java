package dev.provisioning.planning.cluster;

import dev.provisioning.api.Cost;
import dev.provisioning.api.PlanStatus;
import dev.provisioning.api.PlannedAction;
import dev.provisioning.api.server.ServerStatus;
import dev.provisioning.planning.CostSum;
import dev.provisioning.planning.Plan;
import dev.provisioning.planning.PlanHash;
import dev.provisioning.planning.cluster.ClusterAction.CreateServer;
import dev.provisioning.planning.cluster.ClusterAction.DeleteServer;
import dev.provisioning.planning.cluster.ClusterAction.ProtectChild;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The plan as it is shown, with what the machines cost now and after it. Unknown is absent. */
final class Prices {
  private static final int SHOWN = 511;
  private static final int TEXT_MAX = 1_000;

  private Prices() {}

  static PlanStatus plan(
      ClusterInput input, Plan<ClusterAction> plan, Optional<Assessment> assessment) {
    if (plan.isEmpty()) {
      return null;
    }
    List<PlannedAction> lines =
        new ArrayList<>(plan.actions().stream().limit(SHOWN).map(Prices::line).toList());
    if (plan.actions().size() > SHOWN) {
      lines.add(
          new PlannedAction(
              "More", "and %d more".formatted(plan.actions().size() - SHOWN), null, null));
    }
    Boolean approved =
        Gates.needsApproval(input)
            ? assessment.map(a -> Gates.approved(input, plan.actions(), a.course())).orElse(null)
            : null;
    return new PlanStatus(
        hash(input, plan.actions()).value(), lines, after(input, plan.actions()), approved);
  }

  /**
   * By which a person approves these actions and what the Cluster costs after them, once;
   * protection of children is not asked for.
   */
  static PlanHash hash(ClusterInput input, List<ClusterAction> actions) {
    List<ClusterAction> asked =
        actions.stream().filter(action -> !(action instanceof ProtectChild)).toList();
    return PlanHash.of(asked, after(input, asked)).after(input.status().usedApproval());
  }

  private static PlannedAction line(ClusterAction action) {
    return new PlannedAction(
        action.name(), shortened(action), action.destructive() ? true : null, null);
  }

  private static String shortened(ClusterAction action) {
    String text = action.description();
    return text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX) + "…";
  }

  static Cost now(ClusterInput input) {
    return CostSum.of(
        input.world().servers().stream()
            .flatMap(child -> child.status().map(ServerStatus::cost).stream())
            .toList());
  }

  private static Cost after(ClusterInput input, List<ClusterAction> actions) {
    Set<String> going =
        actions.stream()
            .filter(DeleteServer.class::isInstance)
            .map(a -> ((DeleteServer) a).server())
            .collect(Collectors.toSet());
    List<Cost> costs = new ArrayList<>();
    input.world().servers().stream()
        .filter(child -> !going.contains(child.name()))
        .flatMap(child -> child.status().map(ServerStatus::cost).stream())
        .forEach(costs::add);
    actions.stream()
        .filter(CreateServer.class::isInstance)
        .map(a -> input.world().quotes().get(((CreateServer) a).pool()))
        .filter(Objects::nonNull)
        .flatMap(quote -> quote.cost().stream())
        .forEach(costs::add);
    return CostSum.of(costs);
  }
}
