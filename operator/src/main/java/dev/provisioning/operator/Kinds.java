package dev.provisioning.operator;

import dev.provisioning.api.cluster.Cluster;
import dev.provisioning.api.cluster.ClusterDefinition;
import dev.provisioning.api.server.Server;
import dev.provisioning.api.taskserv.TaskServ;
import dev.provisioning.api.taskserv.TaskServDefinition;
import dev.provisioning.api.workflow.BatchWorkflow;
import dev.provisioning.api.workspace.Workspace;
import dev.provisioning.controllers.Controller;
import dev.provisioning.controllers.Shared;
import dev.provisioning.controllers.cluster.ClusterController;
import dev.provisioning.controllers.cluster.ClusterDefinitionController;
import dev.provisioning.controllers.server.ServerController;
import dev.provisioning.controllers.taskserv.DefinitionController;
import dev.provisioning.controllers.taskserv.TaskServController;
import dev.provisioning.controllers.workflow.BatchWorkflowController;
import dev.provisioning.controllers.workspace.QuotaBook;
import dev.provisioning.controllers.workspace.WorkspaceController;
import io.fabric8.kubernetes.client.CustomResource;
import java.time.Duration;
import java.util.List;

/**
 * The kinds of this release.
 *
 * @param providerCheck how often a provider that works is asked
 * @param taskServs what TaskServs are driven with
 * @param definitions what their definitions are driven with
 */
record Kinds(
    Shared shared,
    QuotaBook quotas,
    Duration providerCheck,
    TaskServController.Settings taskServs,
    DefinitionController.Settings definitions) {
  /** All that are read, whether or not a controller drives them. */
  static final List<Class<? extends CustomResource<?, ?>>> TYPES =
      List.of(
          Workspace.class,
          Server.class,
          TaskServ.class,
          TaskServDefinition.class,
          Cluster.class,
          ClusterDefinition.class,
          BatchWorkflow.class);

  List<Controller<?>> controllers() {
    return List.of(
        WorkspaceController.of(shared, quotas, providerCheck),
        ServerController.of(shared),
        DefinitionController.of(shared, definitions),
        TaskServController.of(shared, taskServs),
        ClusterDefinitionController.of(shared),
        ClusterController.of(shared),
        BatchWorkflowController.of(shared, taskServs.epoch()));
  }
}
