package dev.provisioning.controllers.workflow;

import dev.provisioning.api.cluster.Cluster;
import dev.provisioning.api.server.Server;
import dev.provisioning.api.taskserv.TaskServ;
import dev.provisioning.api.workflow.BatchWorkflow;
import dev.provisioning.api.workspace.Workspace;
import dev.provisioning.controllers.access.Change;
import dev.provisioning.controllers.access.Wakes;
import dev.provisioning.planning.workflow.WorkflowNeeds;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.List;
import java.util.Optional;

/** What wakes a workflow beside itself: its Workspace, and what its operations are about. */
final class WorkflowWakes {
  private static final List<Class<? extends CustomResource<?, ?>>> CHILDREN =
      List.of(Server.class, TaskServ.class, Cluster.class);

  private WorkflowWakes() {}

  static void register(Wakes<BatchWorkflow> wakes) {
    wakes.onNeighbour(Workspace.class, Change::ofSpec, (workspace, workflow) -> true);
    CHILDREN.forEach(
        type -> wakes.onNeighbour(type, WorkflowWakes::changed, WorkflowWakes::concerns));
  }

  private static boolean changed(CustomResource<?, ?> old, CustomResource<?, ?> now) {
    return !ChildSight.of(old).equals(ChildSight.of(now));
  }

  /** An unfinished workflow that names the resource, or runs scripts on it. */
  private static boolean concerns(CustomResource<?, ?> one, BatchWorkflow workflow) {
    if (workflow.getStatus() != null && WorkflowNeeds.ended(workflow.getStatus())) {
      return false;
    }
    return WorkflowNeeds.children(workflow.getSpec(), Optional.ofNullable(workflow.getStatus()))
            .contains(ChildSight.of(one).ref())
        || one instanceof Server
            && workflow.getSpec().operations().stream().anyMatch(o -> o.script() != null);
  }
}
