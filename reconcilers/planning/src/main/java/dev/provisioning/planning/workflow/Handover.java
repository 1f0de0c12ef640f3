package dev.provisioning.planning.workflow;

import dev.provisioning.api.workflow.OperationStatus;
import dev.provisioning.planning.ResourceRef;
import dev.provisioning.planning.workflow.WorkflowAction.ApproveChild;
import dev.provisioning.spi.model.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Who approved the plan of a workflow approved what its resources plan to carry it out, and to take
 * it back. What a resource would destroy on its own account, or what others wrote into it, is asked
 * for there.
 */
final class Handover {
  /** A refusal stays until a person changes something. */
  private static final Duration REFUSED = Duration.ofMinutes(1);

  /** Caches show our own write within this time. */
  private static final Duration VISIBLE = Duration.ofSeconds(2);

  private Handover() {}

  /** The resource is on its way, as {@code text} says: it may wait for an approval. */
  static Turn turn(Scope scope, OperationStatus status, ChildFacts facts, String text) {
    Optional<String> hash = asked(scope, facts);
    if (hash.isEmpty()) {
      return saying(status, text);
    }
    if (!facts.broughtBy(scope.uid())) {
      return saying(status, text + "; others edited it too: approve it there");
    }
    ApproveChild action =
        new ApproveChild(
            status.name(), facts.ref(), hash.get(), "hand the approval on to " + facts.ref());
    Optional<Failure> failure = Effects.failure(scope, action.key());
    if (failure.isPresent()) {
      Instant at = scope.now().plus(Effects.again(failure.get()).orElse(REFUSED)).plusSeconds(1);
      String why = "%s; its approval: %s".formatted(text, failure.get().message());
      return saying(status.withRetryAt(at), why).wakingAt(at);
    }
    if (Effects.succeeded(scope, action.key())) {
      return saying(status, text).wakingAt(scope.now().plus(VISIBLE));
    }
    if (status.retryAt() != null && scope.now().isBefore(status.retryAt())) {
      return Turn.goesOn(status, List.of()).wakingAt(status.retryAt());
    }
    return Turn.goesOn(status.withMessage(Steps.shortened(text)), List.of(action));
  }

  /** Names the effect in the ledger. */
  static String key(String operation, ChildRef ref) {
    return "approve/" + operation + "/" + ref.name();
  }

  /** The hash of a plan that waits for an approval which we may have to give. */
  private static Optional<String> asked(Scope scope, ChildFacts facts) {
    boolean gated =
        scope.input().around().workspace().map(WorkspaceFacts::requireApproval).orElse(false);
    return facts
        .asks()
        .filter(hash -> gated && !scope.held())
        .filter(hash -> !hash.equals(facts.annotations().get(ResourceRef.APPROVE_PLAN)));
  }

  private static Turn saying(OperationStatus status, String text) {
    return Turn.goesOn(status.withMessage(Steps.shortened(text)), List.of());
  }
}
