package dev.provisioning.controllers.server;

import dev.provisioning.api.SecretRef;
import dev.provisioning.api.server.Server;
import dev.provisioning.api.workspace.Workspace;
import dev.provisioning.controllers.Shared;
import dev.provisioning.controllers.access.LoginKeys;
import dev.provisioning.controllers.access.WorkspaceKeys;
import dev.provisioning.planning.server.CloudConfig;
import dev.provisioning.planning.server.EffectiveServer;
import dev.provisioning.planning.server.ServerAction;
import dev.provisioning.planning.server.ServerInput;
import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.MachineRequest;
import dev.provisioning.spi.model.Owner;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** What a create call sends: all of it decided before, its secrets added at the last moment. */
final class CreateRequests {
  private static final int NAME_MAX = 54;
  private static final int KEY_PART = 8;
  private static final String USER_DATA = "userData";

  private final Shared shared;
  private final BootstrapKeys bootstrapKeys;
  private final WorkspaceKeys workspaceKeys;

  CreateRequests(Shared shared, BootstrapKeys bootstrapKeys) {
    this.shared = shared;
    this.bootstrapKeys = bootstrapKeys;
    this.workspaceKeys =
        new WorkspaceKeys(shared.cluster().client(), shared.cluster().informers().secrets());
  }

  MachineRequest of(
      Server server, ServerInput input, ServerAction.CreateMachine create, Owner owner) {
    EffectiveServer wish = input.effective().known().orElseThrow();
    boolean cloudInit =
        input.provider().known().filter(p -> p.capabilities().cloudInit()).isPresent();
    String host = wish.hostname();
    String stem = host.length() > NAME_MAX ? host.substring(0, NAME_MAX) : host;
    return new MachineRequest(
        create.idempotencyKey(),
        owner,
        stem + "-" + create.idempotencyKey().value().substring(0, KEY_PART),
        host,
        create.resolved().plan(),
        create.resolved().imageId(),
        create.resolved().zone(),
        wish.storage(),
        wish.network(),
        cloudInit ? userData(server, wish, create, owner) : new MachineRequest.UserData(""),
        wish.tags());
  }

  private MachineRequest.UserData userData(
      Server server, EffectiveServer wish, ServerAction.CreateMachine create, Owner owner) {
    requireKey(shared.world().targets().workspace(server), wish.login().key());
    LoginKeys.LoginKey login = shared.world().targets().loginKey(server);
    List<String> keys = new ArrayList<>(List.of(login.publicKey()));
    keys.addAll(wish.login().authorizedKeys());
    CloudConfig.Result rendered =
        CloudConfig.render(
            new CloudConfig.Input(
                wish.hostname(),
                wish.login().user(),
                keys,
                bootstrapKeys.require(server, create.incarnation()),
                List.of(),
                CloudConfig.Identity.of(owner, create.idempotencyKey()),
                extra(server, wish)));
    return switch (rendered) {
      case CloudConfig.Result.Rendered(MachineRequest.UserData data) -> data;
      case CloudConfig.Result.Refused(Failure.Invalid why) -> throw new ProviderException(why);
    };
  }

  /** A key that the user names is the user's to make. */
  private void requireKey(Workspace workspace, SecretRef key) {
    String own = LoginKeys.ofWorkspace(workspace.getMetadata().getName()).name();
    if (key.name().equals(own)) {
      workspaceKeys.require(workspace, own);
    }
  }

  private Optional<String> extra(Server server, EffectiveServer wish) {
    Optional<SecretRef> reference = wish.placement().userData();
    if (reference.isEmpty()) {
      return Optional.empty();
    }
    String namespace = server.getMetadata().getNamespace();
    String name = reference.get().name();
    String key = reference.get().key() == null ? USER_DATA : reference.get().key();
    return Optional.of(
        shared
            .cluster()
            .informers()
            .secret(namespace, name)
            .map(secret -> secret.getData() == null ? null : secret.getData().get(key))
            .map(text -> new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8))
            .orElseThrow(
                () ->
                    new ProviderException(
                        new Failure.Waiting(
                            "SecretNotFound",
                            "spec.userData: Secret %s/%s with a key %s does not exist; create it"
                                .formatted(namespace, name, key),
                            Duration.ofSeconds(10)))));
  }
}
