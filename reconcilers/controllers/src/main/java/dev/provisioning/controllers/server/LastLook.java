package dev.provisioning.controllers.server;

import dev.provisioning.api.server.Server;
import dev.provisioning.api.taskserv.TaskServ;
import dev.provisioning.api.workspace.Workspace;
import dev.provisioning.controllers.Shared;
import dev.provisioning.planning.ResourceRef;
import dev.provisioning.planning.server.ServerInput;
import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Failure;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Before a machine is destroyed: is all that the decision rests on still so? Asked of the API
 * server itself. The Server's own status write proves the Server alone; the caches of its Workspace
 * and of the services on it may be old, and a destroyed machine does not come back.
 */
final class LastLook {
  private static final Duration SOON = Duration.ofSeconds(1);

  private final Shared shared;

  LastLook(Shared shared) {
    this.shared = shared;
  }

  /** Fails, harmlessly, when the world is not the one that was decided on. */
  void require(Server decided, ServerInput input) {
    try {
      requireSame(decided);
      requireSameWorkspace(decided.getMetadata().getNamespace(), input);
      if (decided.isMarkedForDeletion()) {
        requireUnused(decided);
      }
    } catch (KubernetesClientException e) {
      throw new ProviderException(
          new Failure.Transient(
              "LastLookFailed",
              "nothing is destroyed without a last look, and the API server did not grant it: "
                  + e.getMessage(),
              SOON),
          e);
    }
  }

  private void requireSame(Server decided) {
    Server now = client().resource(decided).get();
    boolean same =
        now != null
            && now.getMetadata().getUid().equals(decided.getMetadata().getUid())
            && Objects.equals(generation(now), generation(decided))
            && now.isMarkedForDeletion() == decided.isMarkedForDeletion()
            && Objects.equals(approval(now), approval(decided));
    if (!same) {
      throw old("the Server");
    }
  }

  /** With what was read then, not with a cache: the effect may have waited for its turn. */
  private void requireSameWorkspace(String namespace, ServerInput input) {
    String name = input.effective().known().orElseThrow().workspace();
    Optional<Workspace> now =
        Optional.ofNullable(
            client().resources(Workspace.class).inNamespace(namespace).withName(name).get());
    if (!now.map(LastLook::version).equals(input.workspace())) {
      throw old("Workspace " + name);
    }
  }

  static ServerInput.Version version(Workspace workspace) {
    return new ServerInput.Version(workspace.getMetadata().getUid(), generation(workspace));
  }

  private void requireUnused(Server decided) {
    List<TaskServ> now =
        client()
            .resources(TaskServ.class)
            .inNamespace(decided.getMetadata().getNamespace())
            .list()
            .getItems();
    if (!Neighbours.dependants(now, decided).isEmpty()) {
      throw old("a TaskServ that targets the Server");
    }
  }

  private KubernetesClient client() {
    return shared.cluster().client();
  }

  private static Long generation(HasMetadata object) {
    return object.getMetadata().getGeneration();
  }

  private static String approval(Server server) {
    return Objects.requireNonNullElse(
            server.getMetadata().getAnnotations(), Map.<String, String>of())
        .get(ResourceRef.ALLOW_REPLACE);
  }

  private static ProviderException old(String what) {
    return new ProviderException(
        new Failure.Waiting(
            "DecisionOutdated",
            what + " changed while the machine was about to be destroyed; deciding again",
            SOON));
  }
}
