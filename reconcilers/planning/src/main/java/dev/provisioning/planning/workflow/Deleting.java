package dev.provisioning.planning.workflow;

import dev.provisioning.api.workflow.OperationStatus;
import dev.provisioning.planning.DestroyGrant;
import dev.provisioning.planning.workflow.WorkflowAction.DeleteChild;
import dev.provisioning.spi.model.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A resource goes, and is waited for until it is gone. */
final class Deleting {
  private Deleting() {}

  /** The operation {@code delete}. */
  static Turn turn(Scope scope, Work work, OperationStatus status) {
    ChildRef ref = work.children().getFirst();
    Optional<Failure> forbidden = Steps.forbidden(scope.child(ref), scope.input());
    if (forbidden.isPresent()) {
      return Turn.failed(status, forbidden.get(), true);
    }
    return turn(scope, status, action(scope, work.name(), ref, false), ref);
  }

  static DeleteChild action(Scope scope, String operation, ChildRef ref, boolean undo) {
    return new DeleteChild(
        operation,
        ref,
        undo,
        DestroyGrant.fromOrder(
            scope.input().ref(), undo ? "rollback of " + operation : "operation " + operation),
        description(scope, ref, undo));
  }

  private static String description(Scope scope, ChildRef ref, boolean undo) {
    if (!undo) {
      return "delete " + ref;
    }
    return scope.child(ref).isPresent()
        ? "delete %s, which the workflow made".formatted(ref)
        : "look whether %s is there".formatted(ref);
  }

  /** Also the undo of what was made. */
  static Turn turn(Scope scope, OperationStatus status, DeleteChild action, ChildRef ref) {
    Optional<ChildFacts> facts = scope.child(ref);
    boolean notOurs = action.undo() && facts.filter(f -> !f.madeBy(scope.uid())).isPresent();
    boolean gone = facts.isEmpty() && (!action.undo() || isKnown(scope, status, ref, action));
    if (gone || notOurs) {
      return Turn.done(status);
    }
    Optional<Failure> failure = Effects.failure(scope, action.key());
    if (failure.isPresent()) {
      return refused(scope, status, failure.get());
    }
    if (facts.filter(ChildFacts::deleting).isPresent()) {
      return Turn.goesOn(status.withMessage(Steps.shortened(Texts.going(facts.get()))), List.of());
    }
    if (Effects.succeeded(scope, action.key())) {
      return Turn.goesOn(status, List.of()).wakingAt(scope.now().plusSeconds(2));
    }
    if (status.retryAt() != null && scope.now().isBefore(status.retryAt())) {
      return Turn.goesOn(status, List.of()).wakingAt(status.retryAt());
    }
    return Turn.goesOn(status, scope.held() ? List.of() : List.of(action));
  }

  /** Nothing is there: it was seen before it went, or looked for where no cache is between. */
  private static boolean isKnown(
      Scope scope, OperationStatus status, ChildRef ref, DeleteChild action) {
    return Undoing.wasSeen(scope, status, ref)
        || Effects.result(scope, action.key()).filter(Boolean.TRUE::equals).isPresent();
  }

  static Turn refused(Scope scope, OperationStatus status, Failure failure) {
    Optional<Duration> again = Effects.again(failure);
    if (again.isEmpty()) {
      return Turn.failed(status, failure, Effects.repeatable(failure));
    }
    Instant at = scope.now().plus(again.get()).plusSeconds(1);
    return Turn.goesOn(
            status.with(b -> b.retryAt(at).message(Steps.shortened(failure.message()))), List.of())
        .wakingAt(at);
  }
}
