package dev.provisioning.planning.cluster;

import dev.provisioning.api.cluster.ClusterDefinitionSpec;
import dev.provisioning.api.taskserv.TaskServDefinitionSpec;
import dev.provisioning.api.workspace.MaintenanceWindow;
import dev.provisioning.planning.Answer;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is around a Cluster.
 *
 * @param definition empty where the spec names none
 * @param services TaskServDefinitions by name
 * @param servers those that the Cluster owns
 * @param taskServs those that the Cluster owns
 * @param taken others of the namespace, as {@code Server shop-web-01}
 * @param quotes by pool; what is missing is unknown
 */
public record ClusterWorld(
    Answer<Workspace> workspace,
    Answer<Optional<ClusterDefinitionSpec>> definition,
    Map<String, TaskServDefinitionSpec> services,
    List<ServerChild> servers,
    List<TaskServChild> taskServs,
    Set<String> taken,
    Map<String, Quote> quotes) {
  public ClusterWorld {
    services = Map.copyOf(services);
    servers = servers.stream().sorted(Comparator.comparing(ServerChild::name)).toList();
    taskServs = taskServs.stream().sorted(Comparator.comparing(TaskServChild::name)).toList();
    taken = Set.copyOf(taken);
    quotes = Map.copyOf(quotes);
  }

  /**
   * What a Cluster obeys of its Workspace, presets filled in.
   *
   * @param windows when machines that serve may be replaced; none: always
   */
  public record Workspace(
      String name,
      boolean requireApproval,
      boolean deletionProtection,
      boolean suspended,
      List<MaintenanceWindow> windows) {
    public Workspace {
      windows = List.copyOf(windows);
    }
  }

  Optional<TaskServChild> taskServ(String name) {
    return taskServs.stream().filter(child -> child.name().equals(name)).findFirst();
  }

  /**
   * What services say of a machine that runs and does not answer them. One that is asked less often
   * may not know it yet; one that hears it knows better.
   */
  Optional<String> silence(ServerChild server) {
    boolean heard = taskServs.stream().anyMatch(service -> service.hears(server.name()));
    return heard || server.ref().deleting()
        ? Optional.empty()
        : taskServs.stream()
            .flatMap(service -> service.silenceOf(server.name()).stream())
            .findFirst();
  }

  Optional<ServerChild> server(String name) {
    return servers.stream().filter(child -> child.name().equals(name)).findFirst();
  }
}
