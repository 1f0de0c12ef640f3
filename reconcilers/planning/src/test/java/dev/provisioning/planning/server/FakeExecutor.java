package dev.provisioning.planning.server;

import dev.provisioning.planning.Ledger;
import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.MachineRequest;
import java.util.Optional;

/** Carries actions out at the simulated provider of a {@link World}. */
record FakeExecutor(World world) {
  /** What the ledger learns. */
  Ledger.Outcome outcome(ServerAction action) {
    try {
      return new Ledger.Succeeded(world.now, execute(action));
    } catch (ProviderException e) {
      return new Ledger.Failed(world.now, e.failure());
    }
  }

  private Optional<Object> execute(ServerAction action) {
    return switch (action) {
      case ServerAction.CreateMachine create -> Optional.of(world.provider.create(request(create)));
      case ServerAction.AdoptMachine adopt ->
          Optional.of(world.provider.claim(adopt.machine(), World.owner(adopt.incarnation())));
      case ServerAction.ChangeMachine change ->
          Optional.of(
              world.provider.change(
                  change.machine(),
                  World.owner(change.incarnation()),
                  change.change(),
                  Intents.key(world.input(), ServerView.of(world.input()), change)));
      case ServerAction.DeleteMachine delete ->
          Optional.of(
              world.provider.delete(
                  delete.machine(),
                  World.owner(delete.incarnation()),
                  delete.keepStorage(),
                  Intents.key(world.input(), ServerView.of(world.input()), delete)));
      case ServerAction.ReleaseMachine release ->
          Optional.of(
              world.provider.release(release.machine(), World.owner(release.incarnation())));
      case ServerAction.LetGo letGo -> {
        world.gone = true;
        yield Optional.empty();
      }
      case ServerAction.ReplaceMachine a -> throw new AssertionError("never carried out");
      case ServerAction.PinHostKey a -> Optional.of("SHA256:own");
      case ServerAction.SwitchHostKey a -> Optional.of(Contacts.of(a.fingerprint()));
      case ServerAction.ContactMachine a -> Optional.of(Contacts.of("SHA256:given"));
    };
  }

  private MachineRequest request(ServerAction.CreateMachine create) {
    EffectiveServer server = world.input().effective().known().orElseThrow();
    String name = server.hostname() + "-" + create.idempotencyKey().value().substring(0, 8);
    return new MachineRequest(
        create.idempotencyKey(),
        World.owner(create.incarnation()),
        name,
        server.hostname(),
        create.resolved().plan(),
        create.resolved().imageId(),
        create.resolved().zone(),
        server.storage(),
        server.network(),
        new MachineRequest.UserData(""),
        server.tags());
  }
}
