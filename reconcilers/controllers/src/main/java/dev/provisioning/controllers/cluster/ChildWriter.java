package dev.provisioning.controllers.cluster;

import dev.provisioning.api.cluster.Cluster;
import dev.provisioning.api.server.Server;
import dev.provisioning.api.taskserv.TaskServ;
import dev.provisioning.controllers.access.Informers;
import dev.provisioning.controllers.engine.Finalizers;
import dev.provisioning.planning.ResourceRef;
import dev.provisioning.planning.cluster.ClusterAction.ApproveChild;
import dev.provisioning.planning.cluster.ClusterAction.ProtectChild;
import dev.provisioning.planning.cluster.topology.Children;
import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.failpoint.Failpoints;
import dev.provisioning.spi.model.Failure;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Writes the children of Clusters. Every write is safe to repeat, and none touches an object that
 * belongs to somebody else: names are read anew, owners and uids compared, versions locked.
 */
final class ChildWriter {
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final KubernetesClient client;
  private final Informers informers;

  ChildWriter(KubernetesClient client, Informers informers) {
    this.client = client;
    this.informers = informers;
  }

  /** What is to go, and exactly that. */
  record Victim(Cluster cluster, String name, String uid) {}

  ObjectMeta meta(Cluster cluster, String name, Map<String, String> labels) {
    return new ObjectMetaBuilder()
        .withName(name)
        .withNamespace(cluster.getMetadata().getNamespace())
        .withLabels(labels)
        .withOwnerReferences(
            new OwnerReferenceBuilder()
                .withApiVersion(cluster.getApiVersion())
                .withKind(cluster.getKind())
                .withName(cluster.getMetadata().getName())
                .withUid(cluster.getMetadata().getUid())
                .withController(true)
                .withBlockOwnerDeletion(true)
                .build())
        .build();
  }

  <T extends CustomResource<?, ?>> void create(Cluster cluster, Class<T> type, T child) {
    try {
      informers.written(
          Failpoints.around("child." + child.getKind(), () -> client.resource(child).create()));
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw refused(child.getMetadata().getName() + " was not created", e);
      }
      exists(cluster, at(type, cluster, child.getMetadata().getName()).get(), child);
    }
  }

  /** An earlier try of ours made it, or it is in the way. */
  private static <T extends CustomResource<?, ?>> void exists(Cluster cluster, T found, T wanted) {
    String title = wanted.getKind() + " " + wanted.getMetadata().getName();
    if (found == null || found.isMarkedForDeletion()) {
      throw new ProviderException(
          new Failure.Waiting("NameInUse", title + " of before is not gone yet", AGAIN));
    }
    if (!ClusterObserver.owned(cluster, found)) {
      throw new ProviderException(
          new Failure.Conflict(
              "NameTaken", title + " exists and does not belong to this Cluster; delete it"));
    }
  }

  <T extends CustomResource<?, ?>> void update(
      Cluster cluster, Class<T> type, String name, Consumer<T> change) {
    T current = at(type, cluster, name).get();
    if (current == null || !ClusterObserver.owned(cluster, current)) {
      throw new ProviderException(
          new Failure.Waiting("ChildNotFound", name + " is not there any more", AGAIN));
    }
    write(type, cluster, current, change);
  }

  private <T extends CustomResource<?, ?>> T write(
      Class<T> type, Cluster cluster, T current, Consumer<T> change) {
    change.accept(current);
    try {
      T written =
          Failpoints.around(
              "child-changed." + current.getKind(),
              () -> client.resource(current).lockResourceVersion().update());
      informers.written(written);
      return written;
    } catch (KubernetesClientException e) {
      throw refused(current.getMetadata().getName() + " was not changed", e);
    }
  }

  /**
   * {@code prepare} sets what its own deletion has to know; then it is deleted as it was read. One
   * that somebody else deleted, and that was protected until now, has to know it as well.
   */
  <T extends CustomResource<?, ?>> void delete(Class<T> type, Victim victim, Consumer<T> prepare) {
    T current = at(type, victim.cluster(), victim.name()).get();
    if (current == null || !victim.uid().equals(current.getMetadata().getUid())) {
      return;
    }
    T wanted = client.getKubernetesSerialization().clone(current);
    prepare.accept(wanted);
    T last = same(current, wanted) ? current : write(type, victim.cluster(), current, prepare);
    if (last.isMarkedForDeletion()) {
      return;
    }
    try {
      Failpoints.around(
          "child-deleted." + last.getKind(),
          () -> client.resource(last).lockResourceVersion().delete());
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        throw refused(victim.name() + " was not deleted", e);
      }
    }
  }

  private static boolean same(CustomResource<?, ?> a, CustomResource<?, ?> b) {
    return Objects.equals(a.getSpec(), b.getSpec())
        && Objects.equals(a.getMetadata().getAnnotations(), b.getMetadata().getAnnotations());
  }

  void protect(Cluster cluster, ProtectChild protect) {
    if (protect.kind().equals("Server")) {
      update(
          cluster,
          Server.class,
          protect.child(),
          server -> {
            if (mayChange(server, protect)) {
              server.setSpec(server.getSpec().withDeletionProtection(protect.protection()));
            }
          });
    } else {
      update(
          cluster,
          TaskServ.class,
          protect.child(),
          taskServ -> {
            if (mayChange(taskServ, protect)) {
              taskServ.setSpec(taskServ.getSpec().withDeletionProtection(protect.protection()));
            }
          });
    }
  }

  /** What is going already, maybe by an order of ours that no cache shows yet, is not held up. */
  private static boolean mayChange(CustomResource<?, ?> child, ProtectChild protect) {
    return !child.isMarkedForDeletion() || Boolean.FALSE.equals(protect.protection());
  }

  void approve(Cluster cluster, ApproveChild approve) {
    Class<? extends CustomResource<?, ?>> type =
        approve.kind().equals("Server") ? Server.class : TaskServ.class;
    update(cluster, type, approve.child(), child -> annotate(child, approve.hash()));
  }

  private static void annotate(CustomResource<?, ?> child, String hash) {
    Map<String, String> all = child.getMetadata().getAnnotations();
    Map<String, String> more = new HashMap<>(all == null ? Map.of() : all);
    more.put(ResourceRef.APPROVE_PLAN, hash);
    child.getMetadata().setAnnotations(more);
  }

  /** Only when the API server itself, not a cache, knows of no child. */
  void letGo(Cluster cluster) {
    List<String> left =
        Stream.of(Server.class, TaskServ.class)
            .flatMap(type -> children(type, cluster))
            .filter(child -> ClusterObserver.owned(cluster, child))
            .map(child -> child.getKind() + " " + child.getMetadata().getName())
            .toList();
    if (!left.isEmpty()) {
      throw new ProviderException(
          new Failure.Waiting("ChildrenLeft", String.join(", ", left) + " is still there", AGAIN));
    }
    new Finalizers(client).release(cluster);
  }

  private Stream<? extends CustomResource<?, ?>> children(
      Class<? extends CustomResource<?, ?>> type, Cluster cluster) {
    return client
        .resources(type)
        .inNamespace(cluster.getMetadata().getNamespace())
        .withLabel(Children.CLUSTER_LABEL, cluster.getMetadata().getName())
        .list()
        .getItems()
        .stream();
  }

  private <T extends CustomResource<?, ?>> Resource<T> at(
      Class<T> type, Cluster cluster, String name) {
    return client.resources(type).inNamespace(cluster.getMetadata().getNamespace()).withName(name);
  }

  private static ProviderException refused(String what, KubernetesClientException e) {
    boolean invalid = e.getCode() == 422;
    String message = "%s: HTTP %d %s".formatted(what, e.getCode(), e.getMessage());
    return new ProviderException(
        invalid
            ? new Failure.Invalid("ChildRefused", message)
            : new Failure.Transient("ApiServerRefused", message, AGAIN),
        e);
  }
}
