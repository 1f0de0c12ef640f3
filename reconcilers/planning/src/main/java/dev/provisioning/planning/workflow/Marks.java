package dev.provisioning.planning.workflow;

/** What a workflow leaves on resources and reads on itself. */
public final class Marks {
  /** Label: name of the workflow that made it. */
  public static final String WORKFLOW = "provisioning.dev/workflow";

  /** Label: uid of the workflow that made it: only that one deletes it again. */
  public static final String WORKFLOW_UID = "provisioning.dev/workflow-uid";

  /**
   * Prefix of an annotation, followed by the name of an operation: what it brought the resource to.
   * Written together with the change, so that a crash never leaves a doubt.
   */
  public static final String OPERATION = "operation.provisioning.dev/";

  /**
   * Prefix of an annotation on the workflow, followed by the name of an approval: yes or no; after
   * a resume {@code yes/<token>} or {@code no/<token>}.
   */
  public static final String APPROVE = "approve.provisioning.dev/";

  /**
   * Annotation: who wrote the spec last and which generation that made, where the resource asked
   * nobody for anything then but what an earlier write of the same workflow had brought. What it
   * asks for at that generation is the workflow's; what others edit makes another generation.
   */
  public static final String GENERATION = "provisioning.dev/workflow-generation";

  private Marks() {}

  /** The value of {@link #OPERATION}: the same wish of the same workflow has the same mark. */
  static String of(String workflowUid, String inputsHash) {
    return workflowUid + "/" + inputsHash;
  }

  /** The value of {@link #GENERATION}. */
  public static String generation(String workflowUid, long generation) {
    return workflowUid + "/" + generation;
  }
}
