package dev.provisioning.controllers.server;

import dev.provisioning.api.server.Server;
import dev.provisioning.api.server.ServerStatus;
import dev.provisioning.api.server.ServerStatusBuilder;
import dev.provisioning.api.workspace.Workspace;
import dev.provisioning.controllers.Shared;
import dev.provisioning.controllers.engine.Observer;
import dev.provisioning.planning.Answer;
import dev.provisioning.planning.Ledger;
import dev.provisioning.planning.ResourceRef;
import dev.provisioning.planning.server.EffectiveServer;
import dev.provisioning.planning.server.ServerInput;
import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.Machine;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Reads what the decision about a Server needs; what cannot be read is said in the input. */
final class ServerObserver implements Observer<Server, ServerInput> {
  private final Shared shared;
  private final Wishes wishes = new Wishes();
  private final ProviderReader providers;
  private final HostReader hosts;
  private final Neighbours neighbours;
  private final MachinePoller poller;

  ServerObserver(Shared shared, BootstrapKeys bootstrapKeys, MachinePoller poller) {
    this.shared = shared;
    this.poller = poller;
    this.providers = new ProviderReader(shared);
    this.hosts = new HostReader(shared.world().targets(), bootstrapKeys);
    this.neighbours = new Neighbours(shared);
  }

  @Override
  public ServerInput observe(Server server, Ledger ledger, Instant now) {
    ServerStatus status =
        Objects.requireNonNullElseGet(
            server.getStatus(), () -> ServerStatusBuilder.builder().build());
    Answer<Workspace> workspace = workspace(server);
    Answer<EffectiveServer> effective = effective(server, workspace);
    Answer<ServerInput.Provider> provider =
        providers.read(server, status, effective, workspace.known());
    Answer<List<Machine>> machines =
        providers.machines(server, status, workspace.known(), effective);
    return new ServerInput(
        ref(server),
        server.getSpec(),
        status,
        workspace.known().map(LastLook::version),
        effective,
        provider,
        machines,
        watched(server, workspace, provider),
        hosts.read(server, status, effective, provider),
        neighbours.around(server, status, effective, provider),
        ledger,
        now);
  }

  private Answer<Workspace> workspace(Server server) {
    try {
      return Answer.of(shared.world().targets().workspace(server));
    } catch (ProviderException e) {
      return Answer.unknown(e.failure());
    }
  }

  /** Machines that exist already are asked one by one: a listing would be no cheaper. */
  private boolean watched(
      Server server, Answer<Workspace> workspace, Answer<ServerInput.Provider> provider) {
    return workspace.known().isPresent()
        && provider.known().filter(known -> !known.existing()).isPresent()
        && poller.watches(
            new MachinePoller.Entry(
                server.getMetadata().getNamespace(),
                workspace.known().get().getMetadata().getName(),
                provider.known().get().name()),
            server.getMetadata().getUid());
  }

  private Answer<EffectiveServer> effective(Server server, Answer<Workspace> workspace) {
    Optional<Failure> why = workspace.why();
    return why.isPresent()
        ? Answer.unknown(why.get())
        : wishes.of(server, workspace.known().orElseThrow());
  }

  private static ResourceRef ref(Server server) {
    ObjectMeta meta = server.getMetadata();
    return new ResourceRef(
        "Server",
        meta.getNamespace(),
        meta.getName(),
        meta.getUid(),
        meta.getGeneration(),
        Instant.parse(meta.getCreationTimestamp()),
        Optional.ofNullable(meta.getDeletionTimestamp()).map(Instant::parse),
        Objects.requireNonNullElse(meta.getLabels(), Map.of()),
        Objects.requireNonNullElse(meta.getAnnotations(), Map.of()));
  }
}
