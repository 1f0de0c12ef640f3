package dev.provisioning.controllers.server;

import dev.provisioning.api.server.Server;
import dev.provisioning.controllers.Shared;
import dev.provisioning.controllers.engine.Executor;
import dev.provisioning.controllers.engine.StatusStore;
import dev.provisioning.controllers.ports.Providers;
import dev.provisioning.planning.server.EffectiveServer;
import dev.provisioning.planning.server.ServerAction;
import dev.provisioning.planning.server.ServerInput;
import dev.provisioning.spi.MachineProvider;
import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.IdempotencyKey;
import dev.provisioning.spi.model.Owner;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Optional;

/** Carries out one action for a Server. */
final class ServerExecutor implements Executor<Server, ServerInput, ServerAction> {
  private final Shared shared;
  private final CreateRequests requests;
  private final HostKeyExecutor hostKeys;

  ServerExecutor(Shared shared, BootstrapKeys bootstrapKeys) {
    this.shared = shared;
    this.requests = new CreateRequests(shared, bootstrapKeys);
    this.hostKeys = new HostKeyExecutor(shared, bootstrapKeys);
  }

  @Override
  public Optional<Object> execute(Execution<Server, ServerInput, ServerAction> execution) {
    Server server = execution.resource();
    ServerInput input = execution.input();
    return switch (execution.action()) {
      case ServerAction.CreateMachine create ->
          Optional.of(
              provider(server, input)
                  .create(
                      requests.of(
                          server, input, create, owner(server, input, create.incarnation()))));
      case ServerAction.AdoptMachine adopt ->
          Optional.of(
              provider(server, input)
                  .claim(adopt.machine(), owner(server, input, adopt.incarnation())));
      case ServerAction.ChangeMachine change ->
          Optional.of(
              provider(server, input)
                  .change(
                      change.machine(),
                      owner(server, input, change.incarnation()),
                      change.change(),
                      key(server, change.incarnation(), change)));
      case ServerAction.DeleteMachine delete -> delete(server, input, delete);
      case ServerAction.ReleaseMachine release -> release(server, input, release);
      case ServerAction.PinHostKey pin -> Optional.of(hostKeys.pin(server, pin.incarnation()));
      case ServerAction.SwitchHostKey change ->
          Optional.of(hostKeys.change(server, change.fingerprint()));
      case ServerAction.ContactMachine contact -> Optional.of(hostKeys.contact(server));
      case ServerAction.LetGo letGo -> letGo(server);
      case ServerAction.ReplaceMachine replace ->
          throw new IllegalStateException("a wish to replace is never carried out: " + replace);
    };
  }

  private Optional<Object> delete(
      Server server, ServerInput input, ServerAction.DeleteMachine delete) {
    if (!delete.grant().uid().equals(server.getMetadata().getUid())) {
      throw new IllegalStateException("a grant for another Server: " + delete.grant());
    }
    shared.world().shell().disconnect(server.getMetadata().getUid());
    return Optional.of(
        provider(server, input)
            .delete(
                delete.machine(),
                owner(server, input, delete.incarnation()),
                delete.keepStorage(),
                key(server, delete.incarnation(), delete)));
  }

  private Optional<Object> release(
      Server server, ServerInput input, ServerAction.ReleaseMachine release) {
    Optional<Object> accepted =
        Optional.of(
            provider(server, input)
                .release(release.machine(), owner(server, input, release.incarnation())));
    shared.world().shell().disconnect(server.getMetadata().getUid());
    return accepted;
  }

  /** The object may have changed since it was read: only our own entry is taken out. */
  private Optional<Object> letGo(Server server) {
    try {
      shared
          .cluster()
          .client()
          .resource(server)
          .edit(
              current -> {
                current.removeFinalizer(StatusStore.FINALIZER);
                return current;
              });
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        throw new ProviderException(
            new Failure.Transient(
                "ApiServerUnavailable",
                "the API server answered " + e.getCode(),
                Duration.ofSeconds(1)),
            e);
      }
    }
    shared.world().quotas().release(server.getMetadata().getUid());
    shared.world().shell().disconnect(server.getMetadata().getUid());
    return Optional.empty();
  }

  private MachineProvider provider(Server server, ServerInput input) {
    EffectiveServer wish = wish(input);
    String name = input.provider().known().map(ServerInput.Provider::name).orElse(wish.provider());
    return switch (shared
        .world()
        .providers()
        .access(server.getMetadata().getNamespace(), wish.workspace(), name)) {
      case Providers.Access.Open open -> open.machines();
      case Providers.Access.Closed(Failure why) -> throw new ProviderException(why);
    };
  }

  private Owner owner(Server server, ServerInput input, int incarnation) {
    return Owners.of(server, wish(input).workspace(), incarnation, shared.world().operatorId());
  }

  private static EffectiveServer wish(ServerInput input) {
    return input
        .effective()
        .known()
        .orElseThrow(() -> new ProviderException(input.effective().why().orElseThrow()));
  }

  private static IdempotencyKey key(Server server, int incarnation, ServerAction action) {
    return IdempotencyKey.of(server.getMetadata().getUid(), incarnation, action.key());
  }
}
