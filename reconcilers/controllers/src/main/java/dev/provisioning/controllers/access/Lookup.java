package dev.provisioning.controllers.access;

import dev.provisioning.api.cluster.Cluster;
import dev.provisioning.api.server.Server;
import dev.provisioning.api.taskserv.TaskServ;
import dev.provisioning.api.taskserv.TaskServDefinition;
import dev.provisioning.api.workflow.BatchWorkflow;
import dev.provisioning.api.workspace.Workspace;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.Optional;

/**
 * Other resources by name. Kinds of ours come from informer caches and may lag; they are shared, so
 * nobody changes what is returned. Lists are sorted by name.
 */
public interface Lookup {
  Optional<Workspace> workspace(String namespace, String name);

  List<Workspace> workspaces(String namespace);

  Optional<Server> server(String namespace, String name);

  List<Server> servers(String namespace);

  List<TaskServ> taskServs(String namespace);

  List<Cluster> clusters(String namespace);

  List<BatchWorkflow> workflows(String namespace);

  List<TaskServDefinition> definitions(String namespace);

  /**
   * Read from the API server at most every few seconds.
   *
   * @throws dev.provisioning.spi.ProviderException {@code Denied(SecretForbidden)} when we may not
   *     read it, {@code Transient} when the API server does not answer
   */
  Optional<Secret> secret(String namespace, String name);
}
