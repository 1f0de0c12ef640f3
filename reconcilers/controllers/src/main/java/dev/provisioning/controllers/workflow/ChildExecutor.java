package dev.provisioning.controllers.workflow;

import dev.provisioning.api.cluster.Cluster;
import dev.provisioning.api.server.Server;
import dev.provisioning.api.taskserv.TaskServ;
import dev.provisioning.api.workflow.BatchWorkflow;
import dev.provisioning.api.workflow.ChildKind;
import dev.provisioning.controllers.access.Informers;
import dev.provisioning.planning.ResourceRef;
import dev.provisioning.planning.config.EffectiveConfig;
import dev.provisioning.planning.config.Layer;
import dev.provisioning.planning.workflow.ChildRef;
import dev.provisioning.planning.workflow.Marks;
import dev.provisioning.planning.workflow.WorkflowAction.ApplyChild;
import dev.provisioning.planning.workflow.WorkflowAction.ApproveChild;
import dev.provisioning.planning.workflow.WorkflowAction.DeleteChild;
import dev.provisioning.planning.workflow.WorkflowAction.RestoreChild;
import dev.provisioning.planning.workflow.WorkflowNeeds;
import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.failpoint.Failpoints;
import dev.provisioning.spi.model.Failure;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Writes the resources that operations make and change. Every write may be repeated: what was
 * applied, and by whom it was made, is written in the same step as the change itself.
 */
final class ChildExecutor {
  private static final Duration OTHERS_AGAIN = Duration.ofSeconds(5);

  private final KubernetesClient client;
  private final Informers informers;
  private final PreviousSpecExecutor previous;

  ChildExecutor(KubernetesClient client, Informers informers) {
    this.client = client;
    this.informers = informers;
    this.previous = new PreviousSpecExecutor(client);
  }

  void apply(BatchWorkflow workflow, ApplyChild apply) {
    Optional<GenericKubernetesResource> found = find(workflow, apply.child());
    found.ifPresent(Refusals::controlled);
    found.ifPresent(child -> leave(workflow, apply, child));
    if (found.isEmpty() && apply.creates()) {
      create(workflow, apply);
    } else if (found.isEmpty()) {
      throw new ProviderException(
          new Failure.Permanent("ResourceNotFound", apply.child() + " does not exist"));
    } else if (apply.creates() && !ChildDocument.madeBy(workflow, found.get())) {
      throw new ProviderException(
          new Failure.Conflict(
              "ResourceAppeared",
              apply.child() + " did not exist when the operation started; somebody else made it"));
    } else if (!apply.mark().equals(ChildDocument.mark(found.get(), apply.operation()))) {
      change(workflow, apply, found.get());
    }
  }

  /** To an earlier workflow that is not over: a cache may not have shown that it changed it. */
  private void leave(BatchWorkflow workflow, ApplyChild apply, GenericKubernetesResource child) {
    String mark = Objects.requireNonNullElse(ChildDocument.mark(child, apply.operation()), "");
    informers.workflows(workflow.getMetadata().getNamespace()).stream()
        .filter(other -> mark.startsWith(other.getMetadata().getUid() + "/"))
        .filter(other -> WorkflowObserver.isEarlier(other, workflow))
        .filter(other -> other.getStatus() == null || !WorkflowNeeds.ended(other.getStatus()))
        .findFirst()
        .ifPresent(
            other -> {
              throw new ProviderException(
                  new Failure.Waiting(
                      "ChangedByOthers",
                      "BatchWorkflow %s, which changed it, is not over"
                          .formatted(other.getMetadata().getName()),
                      OTHERS_AGAIN));
            });
  }

  private void create(BatchWorkflow workflow, ApplyChild apply) {
    GenericKubernetesResource child = ChildDocument.made(workflow, apply);
    try {
      written(Failpoints.around("child." + child.getKind(), () -> client.resource(child).create()));
    } catch (KubernetesClientException e) {
      throw Refusals.of(apply.child() + " was not made", e);
    }
  }

  private void change(BatchWorkflow workflow, ApplyChild apply, GenericKubernetesResource current) {
    Refusals.edited(apply, current);
    Map<String, Object> before = ChildDocument.spec(current);
    boolean again =
        Objects.requireNonNullElse(ChildDocument.mark(current, apply.operation()), "")
            .startsWith(workflow.getMetadata().getUid() + "/");
    if (!apply.creates() && !again) {
      previous.keep(workflow, apply.operation(), apply.child(), before);
    }
    EffectiveConfig merged =
        EffectiveConfig.merge(
            List.of(new Layer("before", before), new Layer("operation", apply.spec())));
    put(workflow, current, merged.values());
    ChildDocument.annotate(
        current.getMetadata(), Marks.OPERATION + apply.operation(), apply.mark());
    update(current, apply.child() + " was not changed");
  }

  /** One that is gone asks nobody any more. */
  void approve(BatchWorkflow workflow, ApproveChild approve) {
    Optional<GenericKubernetesResource> found = find(workflow, approve.child());
    if (found.isEmpty()) {
      return;
    }
    if (!Answering.brought(workflow, found.get())) {
      throw new ProviderException(
          new Failure.Conflict(
              "ResourceChanged", approve.child() + " was edited by others: approve it there"));
    }
    ChildDocument.annotate(found.get().getMetadata(), ResourceRef.APPROVE_PLAN, approve.hash());
    update(found.get(), approve.child() + " was not told of the approval");
  }

  private static void put(
      BatchWorkflow workflow, GenericKubernetesResource current, Map<String, Object> spec) {
    ChildDocument.annotate(
        current.getMetadata(),
        Marks.GENERATION,
        Answering.after(workflow, current, !spec.equals(ChildDocument.spec(current))).orElse(null));
    current.setAdditionalProperty("spec", spec);
  }

  void restore(BatchWorkflow workflow, RestoreChild restore) {
    Optional<GenericKubernetesResource> found = find(workflow, restore.child());
    boolean touched =
        found
            .map(child -> ChildDocument.mark(child, restore.operation()))
            .filter(mark -> mark.startsWith(workflow.getMetadata().getUid() + "/"))
            .isPresent();
    if (touched) {
      GenericKubernetesResource current = found.get();
      put(workflow, current, previous.read(workflow, restore.operation(), restore.child()));
      ChildDocument.annotate(current.getMetadata(), Marks.OPERATION + restore.operation(), null);
      update(current, restore.child() + " was not restored");
    }
  }

  /** Whether nothing was there that is to go. */
  boolean delete(BatchWorkflow workflow, DeleteChild delete) {
    Optional<GenericKubernetesResource> found = find(workflow, delete.child());
    if (found.isEmpty() || delete.undo() && !ChildDocument.madeBy(workflow, found.get())) {
      return true;
    }
    if (found.get().isMarkedForDeletion()) {
      return false;
    }
    Refusals.controlled(found.get());
    try {
      Failpoints.around(
          "delete." + delete.child().kind(),
          () -> client.resource(found.get()).lockResourceVersion().delete());
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        throw Refusals.of(delete.child() + " was not deleted", e);
      }
    }
    return false;
  }

  void deleteWorkflow(BatchWorkflow workflow) {
    try {
      Failpoints.around(
          "delete.BatchWorkflow", () -> client.resource(workflow).lockResourceVersion().delete());
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        throw Refusals.of("the BatchWorkflow was not deleted", e);
      }
    }
  }

  private void update(GenericKubernetesResource current, String what) {
    try {
      written(
          Failpoints.around(
              "child." + current.getKind(),
              () -> client.resource(current).lockResourceVersion().update()));
    } catch (KubernetesClientException e) {
      throw Refusals.of(what, e);
    }
  }

  /** The way back decides by what passes see: nothing that is there may be missed. */
  private void written(GenericKubernetesResource child) {
    Class<? extends CustomResource<?, ?>> type =
        switch (ChildKind.valueOf(child.getKind())) {
          case Server -> Server.class;
          case TaskServ -> TaskServ.class;
          case Cluster -> Cluster.class;
        };
    informers.written(client.getKubernetesSerialization().convertValue(child, type));
  }

  /** Read anew: a cache may be behind. */
  private Optional<GenericKubernetesResource> find(BatchWorkflow workflow, ChildRef ref) {
    Resource<GenericKubernetesResource> at =
        client
            .genericKubernetesResources(ChildDocument.API, ref.kind().name())
            .inNamespace(workflow.getMetadata().getNamespace())
            .withName(ref.name());
    try {
      return Optional.ofNullable(at.get());
    } catch (KubernetesClientException e) {
      throw Refusals.of(ref + " was not read", e);
    }
  }
}
