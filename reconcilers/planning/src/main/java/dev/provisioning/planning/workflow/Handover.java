package dev.provisioning.planning.workflow;

import dev.provisioning.planning.ResourceRef;
import dev.provisioning.planning.workflow.WorkflowAction.ApproveChild;
import java.util.Optional;

/**
 * Who approved the plan of a workflow approved what its resources plan to carry it out, and to take
 * it back. What a resource would destroy on its own account is asked for there.
 */
final class Handover {
  private Handover() {}

  static Optional<ApproveChild> of(Scope scope, String operation, ChildFacts facts) {
    boolean gated =
        scope.input().around().workspace().map(WorkspaceFacts::requireApproval).orElse(false);
    return facts
        .asks()
        .filter(hash -> gated && !scope.held())
        .filter(hash -> !hash.equals(facts.annotations().get(ResourceRef.APPROVE_PLAN)))
        .map(
            hash ->
                new ApproveChild(
                    operation, facts.ref(), hash, "hand the approval on to " + facts.ref()));
  }
}
