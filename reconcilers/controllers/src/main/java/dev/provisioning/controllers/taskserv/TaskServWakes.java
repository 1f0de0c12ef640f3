package dev.provisioning.controllers.taskserv;

import dev.provisioning.api.server.Server;
import dev.provisioning.api.taskserv.TaskServ;
import dev.provisioning.api.taskserv.TaskServDefinition;
import dev.provisioning.api.workspace.Workspace;
import dev.provisioning.controllers.access.Change;
import dev.provisioning.controllers.access.Wakes;

/**
 * What wakes a TaskServ beside itself: machines and services it concerns, its Workspace, its
 * definition. Secrets wake through {@link TaskServCaches}.
 */
final class TaskServWakes {
  private TaskServWakes() {}

  static void register(Wakes<TaskServ> wakes, String operatorNamespace) {
    wakes.onNeighbour(Workspace.class, Change::ofSpec, (workspace, taskServ) -> true);
    wakes.onNeighbour(Server.class, Face::changed, Face::concerns);
    wakes.onNeighbour(TaskServ.class, Face::changed, Face::concerns);
    wakes.onDefinition(TaskServDefinition.class, Face::changed, operatorNamespace);
  }
}
