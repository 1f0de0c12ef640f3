package dev.provisioning.controllers.workflow;

import dev.provisioning.api.cluster.Cluster;
import dev.provisioning.api.cluster.ClusterDefinition;
import dev.provisioning.api.server.Server;
import dev.provisioning.api.taskserv.TaskServ;
import dev.provisioning.api.taskserv.TaskServDefinition;
import dev.provisioning.api.workflow.BatchWorkflow;
import dev.provisioning.api.workflow.BatchWorkflowSpec;
import dev.provisioning.api.workflow.BatchWorkflowStatus;
import dev.provisioning.api.workflow.ChildKind;
import dev.provisioning.api.workflow.WorkflowProgress;
import dev.provisioning.api.workspace.Workspace;
import dev.provisioning.controllers.access.Change;
import dev.provisioning.controllers.access.Wakes;
import dev.provisioning.planning.workflow.WorkflowNeeds;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.List;
import java.util.Optional;

/** What wakes a workflow beside itself: its Workspace, and what its operations are about. */
final class WorkflowWakes {
  private static final List<Class<? extends CustomResource<?, ?>>> CHILDREN =
      List.of(Server.class, TaskServ.class, Cluster.class);

  private WorkflowWakes() {}

  static void register(Wakes<BatchWorkflow> wakes, String operatorNamespace) {
    wakes.onNeighbour(Workspace.class, Change::ofSpec, (workspace, workflow) -> true);
    CHILDREN.forEach(
        type -> wakes.onNeighbour(type, WorkflowWakes::changed, WorkflowWakes::concerns));
    wakes.onNeighbour(BatchWorkflow.class, WorkflowWakes::places, WorkflowWakes::waits);
    onDefinition(wakes, TaskServDefinition.class, operatorNamespace);
    onDefinition(wakes, ClusterDefinition.class, operatorNamespace);
  }

  private static <T extends HasMetadata> void onDefinition(
      Wakes<BatchWorkflow> wakes, Class<T> type, String operatorNamespace) {
    wakes.on(
        type,
        Change::ofSpec,
        one -> wakes.own().list(mine -> sees(mine, one, operatorNamespace) && hasServices(mine)));
  }

  /** What a workflow leaves to others of its Workspace. */
  private static boolean places(BatchWorkflow old, BatchWorkflow now) {
    return !Places.of(old).equals(Places.of(now));
  }

  private record Places(boolean over, Integer places, Integer ready, BatchWorkflowSpec spec) {
    static Places of(BatchWorkflow workflow) {
      Optional<BatchWorkflowStatus> status = Optional.ofNullable(workflow.getStatus());
      Optional<WorkflowProgress> progress = status.map(BatchWorkflowStatus::progress);
      return new Places(
          status.filter(WorkflowNeeds::ended).isPresent(),
          progress.map(WorkflowNeeds::places).orElse(null),
          progress.map(WorkflowProgress::ready).orElse(null),
          workflow.getSpec());
    }
  }

  /** For a place, or until the other leaves alone what both change. */
  private static boolean waits(BatchWorkflow other, BatchWorkflow workflow) {
    Optional<BatchWorkflowStatus> status = Optional.ofNullable(workflow.getStatus());
    boolean own = workflow.getMetadata().getUid().equals(other.getMetadata().getUid());
    return !own && status.filter(known -> !WorkflowNeeds.ended(known)).isPresent();
  }

  private static boolean changed(CustomResource<?, ?> old, CustomResource<?, ?> now) {
    return !ChildSight.of(old).equals(ChildSight.of(now));
  }

  private static boolean sees(BatchWorkflow workflow, HasMetadata one, String operatorNamespace) {
    String namespace = one.getMetadata().getNamespace();
    return namespace.equals(operatorNamespace)
        || namespace.equals(workflow.getMetadata().getNamespace());
  }

  /** What a definition says is in the plan of one that is not over. */
  private static boolean hasServices(BatchWorkflow workflow) {
    boolean ended = workflow.getStatus() != null && WorkflowNeeds.ended(workflow.getStatus());
    return !ended
        && WorkflowNeeds.children(workflow.getSpec(), Optional.empty()).stream()
            .anyMatch(ref -> ref.kind() != ChildKind.Server);
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
