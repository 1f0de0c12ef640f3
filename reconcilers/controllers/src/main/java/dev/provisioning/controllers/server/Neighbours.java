package dev.provisioning.controllers.server;

import dev.provisioning.api.LabelSelector;
import dev.provisioning.api.server.Server;
import dev.provisioning.api.server.ServerStatus;
import dev.provisioning.api.taskserv.TaskServ;
import dev.provisioning.controllers.Shared;
import dev.provisioning.controllers.ports.Quotas;
import dev.provisioning.planning.Answer;
import dev.provisioning.planning.server.EffectiveServer;
import dev.provisioning.planning.server.ServerInput;
import dev.provisioning.spi.model.Catalog;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.StorageRequest;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Other resources that matter to a Server, and its share of the Workspace. */
final class Neighbours {
  private static final int MB = 1024;

  private final Shared shared;

  Neighbours(Shared shared) {
    this.shared = shared;
  }

  ServerInput.Surroundings around(
      Server server,
      ServerStatus status,
      Answer<EffectiveServer> effective,
      Answer<ServerInput.Provider> provider) {
    return new ServerInput.Surroundings(
        server.isMarkedForDeletion() ? dependants(server) : List.of(),
        server.getSpec().address() == null ? Optional.empty() : addressOwner(server),
        quota(server, status, effective, provider));
  }

  private List<String> dependants(Server server) {
    return shared.cluster().informers().taskServs(server.getMetadata().getNamespace()).stream()
        .filter(taskServ -> targets(taskServ, server))
        .map(taskServ -> taskServ.getMetadata().getName())
        .toList();
  }

  private static boolean targets(TaskServ taskServ, Server server) {
    var servers = taskServ.getSpec().servers();
    if (servers == null) {
      return false;
    }
    LabelSelector selector = servers.selector();
    Map<String, String> labels =
        Objects.requireNonNullElse(server.getMetadata().getLabels(), Map.of());
    return servers.names().contains(server.getMetadata().getName())
        || selector != null
            && !selector.matchLabels().isEmpty()
            && labels.entrySet().containsAll(selector.matchLabels().entrySet());
  }

  /** The older of two Servers has the address; of equal age the first by name. */
  private Optional<String> addressOwner(Server server) {
    Comparator<Server> age =
        Comparator.comparing((Server s) -> s.getMetadata().getCreationTimestamp())
            .thenComparing(s -> s.getMetadata().getName());
    return shared.cluster().informers().servers(server.getMetadata().getNamespace()).stream()
        .filter(other -> !other.getMetadata().getUid().equals(server.getMetadata().getUid()))
        .filter(other -> server.getSpec().address().equals(other.getSpec().address()))
        .filter(other -> port(other) == port(server))
        .filter(other -> age.compare(other, server) < 0)
        .map(other -> other.getMetadata().getName())
        .findFirst();
  }

  private static int port(Server server) {
    var ssh = server.getSpec().ssh();
    return ssh == null || ssh.port() == null ? 22 : ssh.port();
  }

  private Optional<Failure> quota(
      Server server,
      ServerStatus status,
      Answer<EffectiveServer> effective,
      Answer<ServerInput.Provider> provider) {
    if (effective.known().isEmpty() || provider.known().isEmpty() || server.isMarkedForDeletion()) {
      return Optional.empty();
    }
    EffectiveServer wish = effective.known().get();
    boolean held = status.machine() != null || status.intent() != null;
    boolean idle =
        wish.policy().planOnly() || wish.policy().suspended() || wish.policy().observeOnly();
    if (idle && !held) {
      return Optional.empty();
    }
    return shared
        .world()
        .quotas()
        .reserve(
            server.getMetadata().getNamespace(),
            wish.workspace(),
            server.getMetadata().getUid(),
            usage(status, wish, provider.known().get()),
            held);
  }

  private static Quotas.Usage usage(
      ServerStatus status, EffectiveServer wish, ServerInput.Provider provider) {
    String plan =
        status.machine() != null && status.machine().plan() != null
            ? status.machine().plan()
            : wish.size().plan().orElse("");
    Optional<Catalog.Plan> known =
        provider.catalog().plans().stream().filter(p -> p.name().equals(plan)).findFirst();
    int storage =
        wish.storage().rootSizeGb()
            + wish.storage().disks().stream().mapToInt(StorageRequest.Disk::sizeGb).sum();
    return new Quotas.Usage(
        1,
        known.map(Catalog.Plan::cores).orElse(wish.size().cores()),
        known.map(p -> p.memoryMb() / MB).orElse(wish.size().memoryGb()),
        storage,
        provider.prices().entrySet().stream()
            .filter(price -> price.getKey().startsWith(plan + "/"))
            .map(price -> price.getValue().monthly())
            .findFirst());
  }
}
