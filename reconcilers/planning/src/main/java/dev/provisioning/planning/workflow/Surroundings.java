package dev.provisioning.planning.workflow;

import dev.provisioning.api.Cost;
import dev.provisioning.api.workflow.ChildKind;
import dev.provisioning.spi.model.Failure;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is around a workflow.
 *
 * @param workspace absent when {@code workspaceProblem} says why
 * @param children resources that the operations name, as far as they exist
 * @param servers all Servers of the namespace by name: scripts may select them by label
 * @param others the unfinished workflows of the same Workspace
 * @param approversHeld whether the API server lets only approvers answer
 * @param prices of Servers as the operations want them, while a plan is shown; unknown is absent
 */
public record Surroundings(
    Optional<WorkspaceFacts> workspace,
    Optional<Failure> workspaceProblem,
    Map<ChildRef, ChildFacts> children,
    Map<String, ChildFacts> servers,
    List<Other> others,
    boolean approversHeld,
    Map<ChildRef, Cost> prices,
    Outlook outlook) {
  public Surroundings {
    children = Map.copyOf(children);
    servers = Map.copyOf(servers);
    others = List.copyOf(others);
    prices = Map.copyOf(prices);
  }

  /**
   * Another workflow of the Workspace.
   *
   * @param running how many places it takes
   * @param waiting for how many more it would take one
   * @param before it gets places before this one
   * @param earlier it was made before this one
   */
  public record Other(
      String name, String uid, int running, int waiting, boolean before, boolean earlier) {}

  Optional<ChildFacts> child(ChildRef ref) {
    return ref.kind() == ChildKind.Server
        ? Optional.ofNullable(servers.get(ref.name()))
        : Optional.ofNullable(children.get(ref));
  }

  Collection<ChildFacts> machines() {
    return servers.values();
  }
}
