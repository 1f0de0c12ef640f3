package dev.provisioning.operator;

import dev.provisioning.api.server.Server;
import dev.provisioning.api.taskserv.TaskServ;
import dev.provisioning.api.taskserv.TaskServDefinition;
import dev.provisioning.api.workspace.Workspace;
import dev.provisioning.controllers.Controller;
import dev.provisioning.controllers.Shared;
import dev.provisioning.controllers.server.ServerController;
import dev.provisioning.controllers.taskserv.DefinitionController;
import dev.provisioning.controllers.taskserv.TaskServController;
import dev.provisioning.controllers.workspace.QuotaBook;
import dev.provisioning.controllers.workspace.WorkspaceController;
import io.fabric8.kubernetes.client.CustomResource;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The kinds of this release.
 *
 * @param providerCheck how often a provider that works is asked
 * @param epoch the fencing number of this process, asked at every effect
 */
record Kinds(Shared shared, QuotaBook quotas, Duration providerCheck, LongSupplier epoch) {
  /** All that are read, whether or not a controller drives them. */
  static final List<Class<? extends CustomResource<?, ?>>> TYPES =
      List.of(Workspace.class, Server.class, TaskServ.class, TaskServDefinition.class);

  List<Controller<?>> controllers() {
    return List.of(
        WorkspaceController.of(shared, quotas, providerCheck),
        ServerController.of(shared),
        DefinitionController.of(shared),
        TaskServController.of(shared, epoch));
  }
}
