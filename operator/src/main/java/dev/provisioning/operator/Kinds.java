package dev.provisioning.operator;

import dev.provisioning.api.server.Server;
import dev.provisioning.api.taskserv.TaskServ;
import dev.provisioning.api.taskserv.TaskServDefinition;
import dev.provisioning.api.workspace.Workspace;
import dev.provisioning.controllers.Controller;
import dev.provisioning.controllers.Shared;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.List;

/** The kinds of this release. */
final class Kinds {
  /** All that are read, whether or not a controller drives them. */
  static final List<Class<? extends CustomResource<?, ?>>> TYPES =
      List.of(Workspace.class, Server.class, TaskServ.class, TaskServDefinition.class);

  private Kinds() {}

  static List<Controller<?>> controllers(Shared shared) {
    return List.of();
  }
}
