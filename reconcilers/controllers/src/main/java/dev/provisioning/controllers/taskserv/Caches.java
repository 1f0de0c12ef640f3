package dev.provisioning.controllers.taskserv;

import dev.provisioning.api.server.Server;
import dev.provisioning.api.taskserv.TaskServ;
import dev.provisioning.api.taskserv.TaskServDefinition;
import dev.provisioning.api.workspace.Workspace;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.Optional;

/**
 * What a pass of a TaskServ reads of the cluster. It is served from the very caches whose changes
 * wake TaskServs: with others a pass could read too early, and nothing would call it again.
 */
interface Caches {
  List<Workspace> workspaces(String namespace);

  List<Server> servers(String namespace);

  List<TaskServ> taskServs(String namespace);

  List<TaskServDefinition> definitions(String namespace);

  Optional<Secret> secret(String namespace, String name);
}
