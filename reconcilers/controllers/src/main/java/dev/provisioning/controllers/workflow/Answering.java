package dev.provisioning.controllers.workflow;

import dev.provisioning.api.workflow.BatchWorkflow;
import dev.provisioning.planning.workflow.Marks;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Map;
import java.util.Optional;

/** What a workflow answers for in a resource: its own writes, not those of others. */
final class Answering {
  private Answering() {}

  /** Whether the workflow wrote this generation, and what it may ask for with it. */
  static boolean brought(BatchWorkflow workflow, GenericKubernetesResource child) {
    Map<String, String> all = child.getMetadata().getAnnotations();
    String mark =
        Marks.generation(workflow.getMetadata().getUid(), child.getMetadata().getGeneration());
    return all != null && mark.equals(all.get(Marks.GENERATION));
  }

  /**
   * The mark for a write that follows: empty while others wait for an approval there, or may, since
   * nobody has looked at what they wrote.
   */
  static Optional<String> after(
      BatchWorkflow workflow, GenericKubernetesResource before, boolean changes) {
    long next = before.getMetadata().getGeneration() + (changes ? 1 : 0);
    return brought(workflow, before) || asksNobody(before)
        ? Optional.of(Marks.generation(workflow.getMetadata().getUid(), next))
        : Optional.empty();
  }

  private static boolean asksNobody(GenericKubernetesResource child) {
    if (!(child.getAdditionalProperties().get("status") instanceof Map<?, ?> status)) {
      return false;
    }
    boolean seen =
        status.get("observedGeneration") instanceof Number observed
            && observed.longValue() == child.getMetadata().getGeneration();
    boolean asks =
        status.get("plan") instanceof Map<?, ?> plan && Boolean.FALSE.equals(plan.get("approved"));
    return seen && !asks;
  }
}
