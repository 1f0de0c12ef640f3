package dev.provisioning.controllers.workflow;

import dev.provisioning.api.workflow.BatchWorkflow;
import dev.provisioning.planning.workflow.ChildRef;
import dev.provisioning.planning.workflow.Marks;
import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.failpoint.Failpoints;
import dev.provisioning.spi.model.Failure;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Locale;
import java.util.Map;

/**
 * Specs as they were before an operation changed them, each in a ControllerRevision of the
 * workflow: the status of a large workflow has no room for them.
 */
record PreviousSpecExecutor(KubernetesClient client) {
  private static final String SPEC = "spec";

  /** In place of what an earlier run kept. */
  void keep(BatchWorkflow workflow, String operation, ChildRef child, Map<String, Object> spec) {
    ControllerRevision revision = new ControllerRevision();
    revision.setMetadata(
        new ObjectMetaBuilder()
            .withName(name(workflow, operation, child))
            .withNamespace(workflow.getMetadata().getNamespace())
            .addToLabels(Marks.WORKFLOW, workflow.getMetadata().getName())
            .withOwnerReferences(ChildDocument.owner(workflow, true))
            .build());
    revision.setRevision(1L);
    revision.setData(Map.of(SPEC, spec));
    try {
      // The data of a revision cannot be changed.
      Failpoints.around("previous-spec-gone", () -> client.resource(revision).delete());
      Failpoints.around("previous-spec", () -> client.resource(revision).create());
    } catch (KubernetesClientException e) {
      throw Refusals.of("the spec of %s was not kept".formatted(child), e);
    }
  }

  Map<String, Object> read(BatchWorkflow workflow, String operation, ChildRef child) {
    String name = name(workflow, operation, child);
    ControllerRevision kept;
    try {
      kept =
          client
              .apps()
              .controllerRevisions()
              .inNamespace(workflow.getMetadata().getNamespace())
              .withName(name)
              .get();
    } catch (KubernetesClientException e) {
      throw Refusals.of("ControllerRevision " + name + " was not read", e);
    }
    if (kept != null && data(kept).get(SPEC) instanceof Map<?, ?> spec) {
      return text(spec);
    }
    throw new ProviderException(
        new Failure.Permanent(
            "PreviousSpecMissing",
            "ControllerRevision %s with the spec that %s had before is gone: put it back by hand"
                .formatted(name, child)));
  }

  /** The client hands it out in a wrapping of its own. */
  private Map<?, ?> data(ControllerRevision kept) {
    KubernetesSerialization json = client.getKubernetesSerialization();
    return json.unmarshal(json.asJson(kept.getData()), Map.class);
  }

  @SuppressWarnings("unchecked") // JSON objects have text keys
  private static Map<String, Object> text(Map<?, ?> spec) {
    return (Map<String, Object>) spec;
  }

  private static String name(BatchWorkflow workflow, String operation, ChildRef child) {
    return String.join(
        ".",
        workflow.getMetadata().getName(),
        operation,
        child.kind().name().toLowerCase(Locale.ROOT),
        child.name());
  }
}
