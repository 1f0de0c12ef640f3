package dev.provisioning.controllers.server;

import dev.provisioning.api.server.Server;
import dev.provisioning.controllers.Shared;
import dev.provisioning.controllers.engine.Executor;
import dev.provisioning.controllers.engine.Finalizers;
import dev.provisioning.controllers.ports.Providers;
import dev.provisioning.planning.server.EffectiveServer;
import dev.provisioning.planning.server.ServerAction;
import dev.provisioning.planning.server.ServerInput;
import dev.provisioning.spi.MachineProvider;
import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.failpoint.Failpoints;
import dev.provisioning.spi.model.Accepted;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.IdempotencyKey;
import dev.provisioning.spi.model.MachineRequest;
import dev.provisioning.spi.model.Owner;
import java.util.Optional;

/** Carries out one action for a Server. */
final class ServerExecutor implements Executor<Server, ServerInput, ServerAction> {
  private final Shared shared;
  private final CreateRequests requests;
  private final HostKeyExecutor hostKeys;
  private final LastLook lastLook;

  ServerExecutor(Shared shared, BootstrapKeys bootstrapKeys) {
    this.shared = shared;
    this.requests = new CreateRequests(shared, bootstrapKeys);
    this.hostKeys = new HostKeyExecutor(shared, bootstrapKeys);
    this.lastLook = new LastLook(shared);
  }

  @Override
  public Optional<Object> execute(Execution<Server, ServerInput, ServerAction> execution) {
    Server server = execution.resource();
    ServerInput input = execution.input();
    return switch (execution.action()) {
      case ServerAction.CreateMachine create -> Optional.of(create(server, input, create));
      case ServerAction.AdoptMachine adopt -> Optional.of(adopt(server, input, adopt));
      case ServerAction.ChangeMachine change -> Optional.of(change(server, input, change));
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

  private Accepted create(Server server, ServerInput input, ServerAction.CreateMachine create) {
    MachineProvider provider = provider(server, input);
    MachineRequest request =
        requests.of(server, input, create, owner(server, input, create.incarnation()));
    return Failpoints.around("provider.create", () -> provider.create(request));
  }

  private Accepted adopt(Server server, ServerInput input, ServerAction.AdoptMachine adopt) {
    MachineProvider provider = provider(server, input);
    Owner owner = owner(server, input, adopt.incarnation());
    return Failpoints.around("provider.claim", () -> provider.claim(adopt.machine(), owner));
  }

  private Accepted change(Server server, ServerInput input, ServerAction.ChangeMachine change) {
    MachineProvider provider = provider(server, input);
    Owner owner = owner(server, input, change.incarnation());
    IdempotencyKey key = key(server, change.incarnation(), change);
    return Failpoints.around(
        "provider.change", () -> provider.change(change.machine(), owner, change.change(), key));
  }

  private Optional<Object> delete(
      Server server, ServerInput input, ServerAction.DeleteMachine delete) {
    if (!delete.grant().uid().equals(server.getMetadata().getUid())) {
      throw new IllegalStateException("a grant for another Server: " + delete.grant());
    }
    lastLook.require(server, input);
    shared.world().shell().disconnect(server.getMetadata().getUid());
    MachineProvider provider = provider(server, input);
    Owner owner = owner(server, input, delete.incarnation());
    IdempotencyKey key = key(server, delete.incarnation(), delete);
    return Optional.of(
        Failpoints.around(
            "provider.delete",
            () -> provider.delete(delete.machine(), owner, delete.keepStorage(), key)));
  }

  private Optional<Object> release(
      Server server, ServerInput input, ServerAction.ReleaseMachine release) {
    MachineProvider provider = provider(server, input);
    Owner owner = owner(server, input, release.incarnation());
    Optional<Object> accepted =
        Optional.of(
            Failpoints.around(
                "provider.release", () -> provider.release(release.machine(), owner)));
    shared.world().shell().disconnect(server.getMetadata().getUid());
    return accepted;
  }

  private Optional<Object> letGo(Server server) {
    new Finalizers(shared.cluster().client()).release(server);
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
