package dev.provisioning.planning.workflow;

import dev.provisioning.api.server.DeletionPolicy;
import dev.provisioning.api.workflow.Child;
import dev.provisioning.api.workflow.OperationStatus;
import dev.provisioning.planning.Alarm;
import dev.provisioning.planning.workflow.WorkflowAction.ApplyChild;
import dev.provisioning.spi.model.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Resources are made or changed, then waited for until they are well. */
final class Applying {
  /** Caches show our own write within this time. */
  private static final Duration VISIBLE = Duration.ofSeconds(2);

  /** As many as the schema of the status lets in. */
  private static final int MOST = 200;

  private final Scope scope;
  private final Work work;
  private final List<WorkflowAction> actions = new ArrayList<>();
  private OperationStatus status;
  private Optional<String> message = Optional.empty();
  private final Alarm alarm = new Alarm();
  private int progress;

  private Applying(Scope scope, Work work, OperationStatus status) {
    this.scope = scope;
    this.work = work;
    this.status = status;
  }

  /**
   * What is there already when the operation starts decides how it is taken back. What an earlier
   * try was about, before it was edited, stays recorded: it is taken back too.
   */
  static List<Child> children(Scope scope, Work work, List<Child> before) {
    Map<ChildRef, Child> known = new LinkedHashMap<>();
    work.children()
        .forEach(
            ref ->
                known.put(
                    ref, new Child(ref.kind(), ref.name(), makes(scope, work, ref) ? true : null)));
    for (Child child : before) {
      known.merge(ref(child), child, (now, then) -> now.created() == null ? then : now);
    }
    return known.size() > MOST ? before : List.copyOf(known.values());
  }

  /** Why it cannot begin: with what it was about before it is about more than a record holds. */
  static Optional<Failure> problem(Work work, List<Child> before) {
    Set<ChildRef> all = new HashSet<>(work.children());
    before.forEach(child -> all.add(ref(child)));
    return all.size() > MOST
        ? Optional.of(
            new Failure.Invalid(
                "TooManyResources",
                "with what it made or changed before it was edited it would be about %d resources,"
                        .formatted(all.size())
                    + " and %d is the most: give the new ones an operation of their own"
                        .formatted(MOST)))
        : Optional.empty();
  }

  /** Not there, or on its way out: then it is another one that the operation brings. */
  private static boolean makes(Scope scope, Work work, ChildRef ref) {
    return work.type().creates() && scope.child(ref).filter(facts -> !facts.deleting()).isEmpty();
  }

  /** Whether the next try would make what an earlier one was to change: it went meanwhile. */
  static boolean remakes(Scope scope, Work work, OperationStatus status) {
    return status.children().stream()
        .filter(child -> child.created() == null)
        .map(Applying::ref)
        .anyMatch(ref -> work.children().contains(ref) && makes(scope, work, ref));
  }

  private static ChildRef ref(Child child) {
    return new ChildRef(child.kind(), child.name());
  }

  /** Names the effect in the ledger. */
  static String key(String operation, ChildRef ref) {
    return "apply/" + operation + "/" + ref.name();
  }

  /** Whether all that this try was about is there and well, whatever the spec says now. */
  static boolean isOver(Scope scope, Work work, OperationStatus status) {
    Applying applying = new Applying(scope, work, status);
    return status.children().stream().map(Applying::ref).allMatch(applying::isWell);
  }

  static Turn turn(Scope scope, Work work, OperationStatus status) {
    return new Applying(scope, work, status).turn();
  }

  private Turn turn() {
    int well = 0;
    List<ChildRef> wanted = work.children();
    for (Child child : status.children()) {
      ChildRef ref = ref(child);
      if (!wanted.contains(ref)) {
        continue;
      }
      Optional<Turn> failed = look(ref, Boolean.TRUE.equals(child.created()));
      if (failed.isPresent()) {
        return failed.get();
      }
      well += isWell(ref) ? 1 : 0;
    }
    if (well == wanted.size()) {
      return Turn.done(status);
    }
    int percent = Steps.rounded((100 * well + progress) / wanted.size());
    OperationStatus next =
        status.with(
            b -> b.message(Steps.shortened(message)).progress(percent == 0 ? null : percent));
    Turn turn = Turn.goesOn(next, scope.held() ? List.of() : actions);
    return alarm.earliest().map(turn::wakingAt).orElse(turn);
  }

  private boolean isWell(ChildRef ref) {
    return scope
        .child(ref)
        .filter(facts -> carries(facts) && !facts.deleting())
        .filter(facts -> facts.health() instanceof ChildHealth.Well)
        .isPresent();
  }

  private boolean carries(ChildFacts facts) {
    return facts.carries(work.name(), Marks.of(scope.uid(), status.inputsHash()));
  }

  private Optional<Turn> look(ChildRef ref, boolean created) {
    Optional<ChildFacts> facts = scope.child(ref);
    String key = key(work.name(), ref);
    Optional<Failure> failure =
        Effects.failure(scope, key).or(() -> Steps.forbidden(facts, scope.input()));
    if (failure.isEmpty() && facts.isEmpty() && !created) {
      failure = Optional.of(new Failure.Permanent("ResourceNotFound", ref + " does not exist"));
    }
    if (failure.isPresent()) {
      return failed(ref, failure.get());
    }
    if (facts.filter(this::carries).isEmpty()) {
      return toApply(ref, created, facts, key);
    }
    return switch (facts.orElseThrow().health()) {
      case ChildHealth.Well well -> Optional.empty();
      case ChildHealth.OnItsWay(String text, Optional<Integer> percent) -> {
        progress += percent.orElse(0);
        wait(Handover.turn(scope, status, facts.orElseThrow(), ref + ": " + text));
        yield Optional.empty();
      }
      case ChildHealth.Stuck(String reason, String text) ->
          Optional.of(Turn.failed(status, new Failure.Permanent(reason, ref + ": " + text), true));
    };
  }

  private void wait(Turn turn) {
    status = status.withRetryAt(turn.status().retryAt());
    actions.addAll(turn.actions());
    turn.wakeAt().ifPresent(alarm::set);
    Optional.ofNullable(turn.status().message()).ifPresent(this::say);
  }

  private Optional<Turn> failed(ChildRef ref, Failure failure) {
    Optional<Duration> again = Effects.again(failure);
    if (again.isEmpty()) {
      return Optional.of(Turn.failed(status, failure, Effects.repeatable(failure)));
    }
    Instant at = scope.now().plus(again.get()).plusSeconds(1);
    status = status.withRetryAt(at);
    alarm.set(at);
    say(ref + ": " + failure.message());
    return Optional.empty();
  }

  private Optional<Turn> toApply(
      ChildRef ref, boolean created, Optional<ChildFacts> facts, String key) {
    Optional<String> other = facts.flatMap(known -> waitsFor(scope, work.name(), known));
    if (facts.filter(ChildFacts::deleting).isPresent()) {
      say("waits until the old " + ref + " is gone");
    } else if (other.isPresent()) {
      say(other.get());
    } else if (Effects.succeeded(scope, key)) {
      alarm.set(scope.now().plus(VISIBLE));
    } else if (status.retryAt() != null && scope.now().isBefore(status.retryAt())) {
      alarm.set(status.retryAt());
      say(Optional.ofNullable(status.message()).orElse("is tried again soon"));
    } else {
      return change(ref, created, facts);
    }
    return Optional.empty();
  }

  private Optional<Turn> change(ChildRef ref, boolean created, Optional<ChildFacts> facts) {
    switch (Changes.of(work, scope.input().spec(), facts)) {
      case Changes.Wish wish -> actions.add(action(ref, created, wish));
      case Changes.Refused(Failure why) -> {
        return Optional.of(Turn.failed(status, why, Effects.repeatable(why)));
      }
      case Changes.Later later -> {
        ChildHealth health = facts.orElseThrow().health();
        if (health instanceof ChildHealth.Stuck(String reason, String text)) {
          Failure why = new Failure.Permanent(reason, ref + ": " + text);
          return Optional.of(Turn.failed(status, why, true));
        }
        String how = health instanceof ChildHealth.OnItsWay(String text, var p) ? ": " + text : "";
        say("waits until it is known what " + ref + " is made of" + how);
      }
    }
    return Optional.empty();
  }

  /** Whom the operation has to wait for before it begins, in a sentence. */
  static Optional<String> waitsFor(Scope scope, Work work) {
    return work.type().applies()
        ? work.children().stream()
            .flatMap(ref -> scope.child(ref).stream())
            .flatMap(facts -> waitsFor(scope, work.name(), facts).stream())
            .findFirst()
        : Optional.empty();
  }

  /**
   * An earlier workflow that is not over, with an operation of the same name: each would undo the
   * other's. The earlier one never waits for the later: they would wait for each other.
   */
  private static Optional<String> waitsFor(Scope scope, String operation, ChildFacts facts) {
    String mark = facts.annotations().getOrDefault(Marks.OPERATION + operation, "");
    return scope.input().around().others().stream()
        .filter(other -> other.earlier() && mark.startsWith(other.uid() + "/"))
        .map(
            other ->
                "waits until BatchWorkflow %s, which changed %s, is over"
                    .formatted(other.name(), facts.ref()))
        .findFirst();
  }

  private ApplyChild action(ChildRef ref, boolean created, Changes.Wish wish) {
    return new ApplyChild(
        work.name(),
        ref,
        wish.spec(),
        wish.madeOf(),
        created,
        Marks.of(scope.uid(), status.inputsHash()),
        scope.input().spec().deletionPolicy() == DeletionPolicy.Delete,
        Texts.apply(scope, work, ref, created));
  }

  private void say(String text) {
    message = message.or(() -> Optional.of(text));
  }
}
