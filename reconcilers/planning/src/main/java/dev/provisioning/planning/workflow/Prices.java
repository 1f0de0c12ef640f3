package dev.provisioning.planning.workflow;

import dev.provisioning.api.Cost;
import dev.provisioning.planning.CostSum;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the machines cost that a workflow is still to make or to change. Unknown is absent. */
final class Prices {

  private Prices() {}

  /** Null when one price is missing: a part of the sum would be told as the whole. */
  static Cost of(Scope scope, Operations operations) {
    Map<ChildRef, Cost> prices = scope.input().around().prices();
    List<Cost> costs = new ArrayList<>();
    for (Work work : scope.graph().works().values()) {
      if (!Announcement.isOpen(scope, work, operations.get(work.name()))) {
        continue;
      }
      boolean priced =
          switch (work.type()) {
            case SERVER, SERVERS -> prices.keySet().containsAll(work.children());
            case CLUSTER, SCALE -> false; // only the Cluster knows its machines
            case TASK_SERV, UPGRADE, DELETE, SCRIPT, APPROVAL, WAIT -> true;
          };
      if (!priced) {
        return null;
      }
      work.children().stream().filter(prices::containsKey).map(prices::get).forEach(costs::add);
    }
    return CostSum.of(costs);
  }
}
