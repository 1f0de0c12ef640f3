package dev.provisioning.controllers.taskserv;

import dev.provisioning.api.taskserv.TaskServ;
import dev.provisioning.controllers.engine.Finalizers;
import dev.provisioning.planning.taskserv.TaskServAction.InstallDependency;
import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.failpoint.Failpoints;
import dev.provisioning.spi.model.Failure;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;

/** Writes to TaskServs themselves: requirements that are made, finalizers that go. */
final class OwnedObjectsExecutor {
  private final KubernetesClient client;
  private final MachineMemory memory;

  OwnedObjectsExecutor(KubernetesClient client, MachineMemory memory) {
    this.client = client;
    this.memory = memory;
  }

  /** A TaskServ of that name that exists stays as it is. */
  void create(TaskServ owner, InstallDependency dependency) {
    TaskServ child = new TaskServ();
    child.setMetadata(
        new ObjectMetaBuilder()
            .withName(dependency.taskServ())
            .withNamespace(owner.getMetadata().getNamespace())
            .withOwnerReferences(
                new OwnerReferenceBuilder()
                    .withApiVersion(owner.getApiVersion())
                    .withKind(owner.getKind())
                    .withName(owner.getMetadata().getName())
                    .withUid(owner.getMetadata().getUid())
                    .build())
            .build());
    child.setSpec(dependency.spec());
    try {
      Failpoints.around("dependency", () -> client.resource(child).create());
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw refused("TaskServ " + dependency.taskServ() + " was not created", e);
      }
    }
  }

  /** Lets a deleted TaskServ go. */
  void release(TaskServ taskServ) {
    memory.forgetAll(taskServ.getMetadata().getUid());
    new Finalizers(client).release(taskServ);
  }

  private static ProviderException refused(String what, KubernetesClientException e) {
    return new ProviderException(
        new Failure.Transient(
            "ApiServerRefused",
            "%s: HTTP %d %s".formatted(what, e.getCode(), e.getMessage()),
            Duration.ofSeconds(1)),
        e);
  }
}
