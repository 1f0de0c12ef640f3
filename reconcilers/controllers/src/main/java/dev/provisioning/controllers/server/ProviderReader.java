package dev.provisioning.controllers.server;

import com.github.benmanes.caffeine.cache.Cache;
import dev.provisioning.api.server.Fallback;
import dev.provisioning.api.server.Server;
import dev.provisioning.api.server.ServerStatus;
import dev.provisioning.api.workspace.Workspace;
import dev.provisioning.controllers.Shared;
import dev.provisioning.controllers.caches.Caches;
import dev.provisioning.controllers.ports.Providers;
import dev.provisioning.planning.Answer;
import dev.provisioning.planning.server.EffectiveServer;
import dev.provisioning.planning.server.ServerInput;
import dev.provisioning.spi.MachineProvider;
import dev.provisioning.spi.PriceList;
import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Catalog;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.Machine;
import dev.provisioning.spi.model.MachineId;
import dev.provisioning.spi.model.Price;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What the provider of a Server says: what it can do and sell, and which machines there are. */
final class ProviderReader {
  private static final Duration CATALOG_KEPT = Duration.ofMinutes(10);

  private final Shared shared;
  private final Cache<MachineProvider, Catalog> catalogs =
      Caches.newBuilder().weakKeys().expireAfterWrite(CATALOG_KEPT).build();

  ProviderReader(Shared shared) {
    this.shared = shared;
  }

  Answer<ServerInput.Provider> read(
      Server server,
      ServerStatus status,
      Answer<EffectiveServer> effective,
      Optional<Workspace> workspace) {
    Optional<String> name = name(status, effective);
    if (name.isEmpty() || workspace.isEmpty()) {
      return Answer.unknown(effective.why().orElseGet(ProviderReader::noProvider));
    }
    return switch (access(server, workspace.get(), name.get())) {
      case Providers.Access.Closed(Failure why) -> Answer.unknown(why);
      case Providers.Access.Open open -> described(name.get(), open, effective, status);
    };
  }

  private Answer<ServerInput.Provider> described(
      String name,
      Providers.Access.Open open,
      Answer<EffectiveServer> effective,
      ServerStatus status) {
    try {
      Catalog catalog = catalogs.get(open.machines(), MachineProvider::catalog);
      return Answer.of(
          new ServerInput.Provider(
              name,
              open.type(),
              open.shell(),
              open.machines().capabilities(),
              catalog,
              prices(open, catalog, effective, status)));
    } catch (ProviderException e) {
      return Answer.unknown(e.failure());
    }
  }

  /** All of them while there is a choice, else only that of the machine and of the wish. */
  private static Map<String, Price> prices(
      Providers.Access.Open open,
      Catalog catalog,
      Answer<EffectiveServer> effective,
      ServerStatus status) {
    Map<String, Price> prices = new HashMap<>();
    if (open.prices().isEmpty() || effective.known().isEmpty()) {
      return prices;
    }
    EffectiveServer server = effective.known().get();
    PriceList list = open.prices().get();
    String present = status.machine() == null ? null : status.machine().plan();
    String wish = server.size().plan().orElse(null);
    boolean choice = present == null && wish == null;
    Set<String> named = new HashSet<>();
    Stream.of(present, wish).filter(Objects::nonNull).forEach(named::add);
    server.size().fallbacks().stream()
        .map(Fallback::plan)
        .filter(Objects::nonNull)
        .forEach(named::add);
    for (Catalog.Plan plan : catalog.plans()) {
      if (choice || named.contains(plan.name())) {
        for (Catalog.Zone zone : catalog.zones()) {
          list.price(zone, plan, server.storage(), server.network().publicIpv4())
              .ifPresent(price -> prices.put(plan.name() + "/" + zone.name(), price));
        }
      }
    }
    return prices;
  }

  Answer<List<Machine>> machines(
      Server server,
      ServerStatus status,
      Optional<Workspace> workspace,
      Answer<EffectiveServer> effective) {
    Optional<String> name = name(status, effective);
    if (name.isEmpty() || workspace.isEmpty()) {
      return Answer.unknown(effective.why().orElseGet(ProviderReader::noProvider));
    }
    return switch (access(server, workspace.get(), name.get())) {
      case Providers.Access.Closed(Failure why) -> Answer.unknown(why);
      case Providers.Access.Open open -> found(open.machines(), server, status, workspace.get());
    };
  }

  private Answer<List<Machine>> found(
      MachineProvider provider, Server server, ServerStatus status, Workspace workspace) {
    try {
      String name = workspace.getMetadata().getName();
      int incarnation = status.incarnation() == null ? 1 : status.incarnation();
      List<Machine> machines =
          new ArrayList<>(
              provider.find(Owners.of(server, name, incarnation, shared.world().operatorId())));
      Optional<String> other =
          Optional.ofNullable(status.machine())
              .map(machine -> machine.id())
              .or(() -> Optional.ofNullable(server.getSpec().adopt()).map(adopt -> adopt.id()));
      boolean missing =
          other.isPresent() && machines.stream().noneMatch(m -> m.id().value().equals(other.get()));
      if (missing) {
        provider.read(new MachineId(other.get())).ifPresent(machines::add);
      }
      return Answer.of(machines);
    } catch (ProviderException e) {
      return Answer.unknown(e.failure());
    }
  }

  private Providers.Access access(Server server, Workspace workspace, String name) {
    return shared
        .world()
        .providers()
        .access(server.getMetadata().getNamespace(), workspace.getMetadata().getName(), name);
  }

  /** The entry that has the machine, else the one that is to have it. */
  static Optional<String> name(ServerStatus status, Answer<EffectiveServer> effective) {
    return Optional.ofNullable(status.machine())
        .map(machine -> machine.provider())
        .or(() -> effective.known().map(EffectiveServer::provider));
  }

  private static Failure noProvider() {
    return new Failure.Waiting(
        "ProviderUnspecified", "no provider is known for this Server", Duration.ofSeconds(10));
  }
}
