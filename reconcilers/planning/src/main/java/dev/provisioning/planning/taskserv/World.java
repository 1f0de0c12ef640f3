package dev.provisioning.planning.taskserv;

import dev.provisioning.api.taskserv.TaskServDefinitionSpec;
import dev.provisioning.spi.model.Failure;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is around a TaskServ.
 *
 * @param workspace its Workspace; absent when {@code workspaceProblem} says why
 * @param taskServs the others of its namespace
 * @param servers all of its namespace
 * @param secrets fingerprints of the entries that {@code TaskServNeeds} named and that exist
 */
public record World(
    Optional<WorkspaceView> workspace,
    Optional<Failure> workspaceProblem,
    Catalogue catalogue,
    List<OtherTaskServ> taskServs,
    List<ServerFacts> servers,
    Map<SecretKey, String> secrets) {
  public World {
    taskServs = List.copyOf(taskServs);
    servers = List.copyOf(servers);
    secrets = Map.copyOf(secrets);
  }

  /** All that can be seen from its namespace, by name. */
  public Map<String, TaskServDefinitionSpec> definitions() {
    return catalogue.specs();
  }

  /** Empty: the namespace has no such Server. */
  public Optional<ServerFacts> server(String name) {
    return servers.stream().filter(server -> server.name().equals(name)).findFirst();
  }
}
