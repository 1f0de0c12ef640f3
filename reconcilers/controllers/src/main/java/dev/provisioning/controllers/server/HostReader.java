package dev.provisioning.controllers.server;

import dev.provisioning.api.server.BootstrapKey;
import dev.provisioning.api.server.Server;
import dev.provisioning.api.server.ServerStatus;
import dev.provisioning.controllers.access.LoginKeys;
import dev.provisioning.controllers.access.Targets;
import dev.provisioning.planning.Answer;
import dev.provisioning.planning.server.EffectiveServer;
import dev.provisioning.planning.server.ServerInput;
import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Failure;
import java.util.Optional;

/** What is known of the way into a machine, without going it. */
final class HostReader {
  private final Targets targets;
  private final BootstrapKeys bootstrapKeys;

  HostReader(Targets targets, BootstrapKeys bootstrapKeys) {
    this.targets = targets;
    this.bootstrapKeys = bootstrapKeys;
  }

  ServerInput.Host read(
      Server server,
      ServerStatus status,
      Answer<EffectiveServer> effective,
      Answer<ServerInput.Provider> provider) {
    boolean shell = provider.known().filter(ServerInput.Provider::shell).isPresent();
    boolean met = status.firstContact() != null && status.firstContact().at() != null;
    if (!shell || met || effective.known().isEmpty()) {
      return ServerInput.Host.UNKNOWN;
    }
    try {
      int incarnation = status.incarnation() == null ? 1 : status.incarnation();
      Optional<BootstrapKey> bootstrap = bootstrapKeys.find(server, incarnation);
      return new ServerInput.Host(
          bootstrap, problem(server, effective, provider), Optional.empty());
    } catch (ProviderException e) {
      return new ServerInput.Host(Optional.empty(), Optional.of(e.failure()), Optional.empty());
    }
  }

  /** The Workspace's own key is made with the first machine that needs it. */
  private Optional<Failure> problem(
      Server server, Answer<EffectiveServer> effective, Answer<ServerInput.Provider> provider) {
    EffectiveServer wish = effective.known().orElseThrow();
    boolean ours =
        wish.login().key().name().equals(LoginKeys.ofWorkspace(wish.workspace()).name())
            && provider.known().filter(p -> p.capabilities().cloudInit()).isPresent();
    try {
      targets.loginKey(server);
      return Optional.empty();
    } catch (ProviderException e) {
      return ours && e.failure().reason().equals("SecretNotFound")
          ? Optional.empty()
          : Optional.of(e.failure());
    }
  }
}
