package dev.provisioning.controllers.server;

import dev.provisioning.api.LabelSelector;
import dev.provisioning.api.server.Server;
import dev.provisioning.api.server.ServerStatus;
import dev.provisioning.api.taskserv.MemberPhase;
import dev.provisioning.api.taskserv.TaskServ;
import dev.provisioning.controllers.Shared;
import dev.provisioning.controllers.ports.Quotas;
import dev.provisioning.planning.Answer;
import dev.provisioning.planning.server.EffectiveServer;
import dev.provisioning.planning.server.Footprint;
import dev.provisioning.planning.server.ServerInput;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Other resources that matter to a Server, and its share of the Workspace. */
final class Neighbours {
  private final Shared shared;

  Neighbours(Shared shared) {
    this.shared = shared;
  }

  ServerInput.Surroundings around(
      Server server,
      ServerStatus status,
      Answer<EffectiveServer> effective,
      Answer<ServerInput.Provider> provider) {
    Optional<Quotas.Grant> grant = quota(server, status, effective, provider);
    return new ServerInput.Surroundings(
        server.isMarkedForDeletion() ? dependants(server) : List.of(),
        server.getSpec().address() == null ? Optional.empty() : addressOwner(server),
        grant.flatMap(Quotas.Grant::refusal),
        grant.map(Quotas.Grant::counted));
  }

  private List<String> dependants(Server server) {
    return dependants(
        shared.cluster().informers().taskServs(server.getMetadata().getNamespace()), server);
  }

  /** Names of those that are, or are to be, on this Server. */
  static List<String> dependants(List<TaskServ> all, Server server) {
    return all.stream()
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
    String name = server.getMetadata().getName();
    boolean selected =
        selector != null
            && !selector.matchLabels().isEmpty()
            && labels.entrySet().containsAll(selector.matchLabels().entrySet());
    // A selector lets go of a Server that is deleted; what it put there is taken away first.
    return servers.names().contains(name) || selected && isOn(taskServ, name);
  }

  private static boolean isOn(TaskServ taskServ, String server) {
    return taskServ.getStatus() != null
        && taskServ.getStatus().servers().stream()
            .filter(member -> member.name().equals(server))
            .filter(member -> member.phase() != MemberPhase.Uninstalled)
            .anyMatch(member -> member.version() != null || member.operationId() != null);
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

  private Optional<Quotas.Grant> quota(
      Server server,
      ServerStatus status,
      Answer<EffectiveServer> effective,
      Answer<ServerInput.Provider> provider) {
    boolean held = status.machine() != null || status.intent() != null;
    boolean wanted =
        !server.isMarkedForDeletion() && effective.known().filter(this::acts).isPresent();
    if (!held && !wanted) {
      shared.world().quotas().release(server.getMetadata().getUid());
      return Optional.empty();
    }
    if (effective.known().isEmpty() || provider.known().isEmpty() || server.isMarkedForDeletion()) {
      return Optional.empty();
    }
    EffectiveServer wish = effective.known().get();
    return Optional.of(
        shared
            .world()
            .quotas()
            .reserve(
                server.getMetadata().getNamespace(),
                wish.workspace(),
                server.getMetadata().getUid(),
                demand(server, status, wish, provider.known().get())));
  }

  private boolean acts(EffectiveServer wish) {
    EffectiveServer.Policy policy = wish.policy();
    return !policy.planOnly() && !policy.suspended() && !policy.observeOnly();
  }

  /** What is there counts in any case; what it is to become only if something is done about it. */
  private Quotas.Demand demand(
      Server server, ServerStatus status, EffectiveServer wish, ServerInput.Provider provider) {
    String uid = server.getMetadata().getUid();
    Optional<Footprint> held = Footprint.held(status, wish, provider);
    Footprint wished =
        held.map(present -> acts(wish) ? Footprint.goal(present, wish, provider, uid) : present)
            .orElseGet(() -> Footprint.wished(wish, provider, uid));
    boolean mayExist = status.machine() != null || status.intent() != null;
    return new Quotas.Demand(mayExist ? held.or(() -> Optional.of(wished)) : held, wished);
  }
}
