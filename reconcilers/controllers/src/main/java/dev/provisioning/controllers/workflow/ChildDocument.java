package dev.provisioning.controllers.workflow;

import dev.provisioning.api.Group;
import dev.provisioning.api.workflow.BatchWorkflow;
import dev.provisioning.planning.workflow.Marks;
import dev.provisioning.planning.workflow.WorkflowAction.ApplyChild;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A resource as a workflow writes it: its spec, and the marks by which the workflow knows it. */
final class ChildDocument {
  static final String API = Group.NAME + "/" + Group.VERSION;

  /** The generation of what was just made. */
  private static final long FIRST = 1;

  private ChildDocument() {}

  static GenericKubernetesResource made(BatchWorkflow workflow, ApplyChild apply) {
    GenericKubernetesResource child = new GenericKubernetesResource();
    child.setApiVersion(API);
    child.setKind(apply.child().kind().name());
    child.setMetadata(
        new ObjectMetaBuilder()
            .withName(apply.child().name())
            .withNamespace(workflow.getMetadata().getNamespace())
            .addToLabels(Marks.WORKFLOW, workflow.getMetadata().getName())
            .addToLabels(Marks.WORKFLOW_UID, workflow.getMetadata().getUid())
            .addToAnnotations(Marks.OPERATION + apply.operation(), apply.mark())
            .addToAnnotations(
                Marks.GENERATION, Marks.generation(workflow.getMetadata().getUid(), FIRST))
            .withOwnerReferences(
                apply.owned() ? List.of(owner(workflow, false)) : List.<OwnerReference>of())
            .build());
    child.setAdditionalProperty("spec", apply.spec());
    return child;
  }

  static OwnerReference owner(BatchWorkflow workflow, boolean controller) {
    OwnerReference owner = new OwnerReference();
    owner.setApiVersion(workflow.getApiVersion());
    owner.setKind(workflow.getKind());
    owner.setName(workflow.getMetadata().getName());
    owner.setUid(workflow.getMetadata().getUid());
    owner.setController(controller ? true : null);
    return owner;
  }

  static boolean madeBy(BatchWorkflow workflow, GenericKubernetesResource child) {
    Map<String, String> labels = child.getMetadata().getLabels();
    return labels != null && workflow.getMetadata().getUid().equals(labels.get(Marks.WORKFLOW_UID));
  }

  static String mark(GenericKubernetesResource child, String operation) {
    Map<String, String> all = child.getMetadata().getAnnotations();
    return all == null ? null : all.get(Marks.OPERATION + operation);
  }

  static void annotate(ObjectMeta meta, String name, String value) {
    Map<String, String> all = new HashMap<>();
    if (meta.getAnnotations() != null) {
      all.putAll(meta.getAnnotations());
    }
    if (value == null) {
      all.remove(name);
    } else {
      all.put(name, value);
    }
    meta.setAnnotations(all);
  }

  @SuppressWarnings("unchecked") // JSON objects have text keys
  static Map<String, Object> spec(GenericKubernetesResource child) {
    return child.getAdditionalProperties().get("spec") instanceof Map<?, ?> spec
        ? (Map<String, Object>) spec
        : Map.of();
  }
}
