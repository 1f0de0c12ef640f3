package dev.provisioning.operator;

import dev.provisioning.api.server.Server;
import dev.provisioning.api.taskserv.TaskServ;
import dev.provisioning.api.taskserv.TaskServDefinition;
import dev.provisioning.api.workspace.Workspace;
import dev.provisioning.controllers.Controller;
import dev.provisioning.controllers.Shared;
import dev.provisioning.controllers.taskserv.DefinitionController;
import dev.provisioning.controllers.taskserv.TaskServController;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.List;
import java.util.function.LongSupplier;

/** The kinds of this release. */
final class Kinds {
  /** All that are read, whether or not a controller drives them. */
  static final List<Class<? extends CustomResource<?, ?>>> TYPES =
      List.of(Workspace.class, Server.class, TaskServ.class, TaskServDefinition.class);

  private Kinds() {}

  /** {@code epoch}: the fencing number of this process, asked at every effect. */
  static List<Controller<?>> controllers(Shared shared, LongSupplier epoch) {
    return List.of(DefinitionController.of(shared), TaskServController.of(shared, epoch));
  }
}
