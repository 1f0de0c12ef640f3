package dev.provisioning.planning.workflow;

import java.util.Map;
import java.util.Optional;

/**
 * A resource that an operation is about, as it is in the API.
 *
 * @param controller kind and name of the resource that manages it, like {@code Cluster web}
 * @param asks hash of a plan that destroys nothing and waits for approval in the workflow's
 *     Workspace
 * @param generation counts the edits of its spec
 * @param incarnation which machine of a Server it is; 0 for other kinds
 * @param cluster of a Cluster only
 */
public record ChildFacts(
    ChildRef ref,
    String uid,
    Map<String, String> labels,
    Map<String, String> annotations,
    Optional<String> controller,
    boolean deleting,
    long generation,
    int incarnation,
    Optional<ClusterFacts> cluster,
    ChildHealth health,
    Optional<String> asks) {
  public ChildFacts {
    labels = Map.copyOf(labels);
    annotations = Map.copyOf(annotations);
  }

  /** Whether the workflow with this uid made it. */
  public boolean madeBy(String workflowUid) {
    return workflowUid.equals(labels.get(Marks.WORKFLOW_UID));
  }

  /** Whether all that it may ask for is what the workflow with this uid wrote. */
  boolean broughtBy(String workflowUid) {
    return Marks.generation(workflowUid, generation).equals(annotations.get(Marks.GENERATION));
  }

  /** The same, of another Workspace: what it asks is not ours to answer. */
  public ChildFacts elsewhere() {
    return new ChildFacts(
        ref,
        uid,
        labels,
        annotations,
        controller,
        deleting,
        generation,
        incarnation,
        cluster,
        health,
        Optional.empty());
  }

  /** Whether it carries what this operation wants, whatever happened to it since. */
  public boolean carries(String operation, String mark) {
    return mark.equals(annotations.get(Marks.OPERATION + operation));
  }
}
