package dev.provisioning.planning.taskserv;

import dev.provisioning.api.Mode;
import dev.provisioning.api.taskserv.Dependencies;
import dev.provisioning.planning.FailurePolicy;
import dev.provisioning.planning.Ledger;
import dev.provisioning.planning.Plan;
import dev.provisioning.planning.Planner;
import dev.provisioning.planning.taskserv.TaskServAction.AttachOperation;
import dev.provisioning.planning.taskserv.TaskServAction.GenerateSecrets;
import dev.provisioning.planning.taskserv.TaskServAction.Release;
import dev.provisioning.planning.taskserv.TaskServAction.RunOperation;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.OperationId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Decides what runs on which machine, and in which order.
 *
 * <pre>
 * refused? ── members compared ── rollout picks ── gates (suspend, mode, approval) ── front
 * </pre>
 */
public final class TaskServPlanner implements Planner<TaskServInput, TaskServAction> {
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration VISIBLE = Duration.ofSeconds(2);
  private static final Duration RECHECK = Duration.ofSeconds(60);

  /** As many failures in a row as make the backoff some seconds: refused connections add up. */
  private static final int FEW = 4;

  /** Which facts to read before planning; {@code base} has neither members nor secrets yet. */
  public TaskServNeeds needs(TaskServInput base) {
    return Needs.of(base);
  }

  @Override
  public Plan<TaskServAction> plan(TaskServInput input) {
    return plan(Assessment.of(input));
  }

  static Plan<TaskServAction> plan(Assessment assessment) {
    return new Decision(assessment).plan();
  }

  private static final class Decision {
    private final Assessment assessment;
    private final TaskServInput input;
    private final List<TaskServAction> actions = new ArrayList<>();
    private final Set<TaskServAction> front = new LinkedHashSet<>();
    private Optional<Instant> wakeAt = Optional.empty();
    private Optional<Failure> slow = Optional.empty();

    Decision(Assessment assessment) {
      this.assessment = assessment;
      this.input = assessment.input();
    }

    Plan<TaskServAction> plan() {
      boolean refused = assessment.refusal().isPresent();
      preparations(refused);
      Set<String> startable = refused ? Set.of() : startable();
      for (MemberState member : Rollout.ordered(assessment.members())) {
        if (member.inFlight()) {
          attach(member);
        } else if (member.wanted().isPresent()) {
          RunOperation operation = member.wanted().get();
          actions.add(operation);
          if (startable.contains(member.name()) && member.problem().isEmpty()) {
            front.add(operation);
          }
        }
      }
      if (input.ref().deleting() && !refused && assessment.members().isEmpty()) {
        start(new Release(input.ref().name()));
      }
      Optional<Failure> blocker =
          assessment
              .refusal()
              .or(this::obstacle)
              .or(() -> front.isEmpty() ? slow : Optional.empty());
      Optional<Failure> gate = gate();
      if (gate.isPresent() && blocker.filter(this::stalls).isEmpty()) {
        blocker = gate;
      }
      return new Plan<>(actions, List.copyOf(front), blocker, recheck(blocker));
    }

    private void preparations(boolean refused) {
      if (assessment.resolution().isEmpty() || refused) {
        return;
      }
      Resolution resolution = assessment.resolution().get();
      if (!resolution.generate().isEmpty()) {
        start(
            new GenerateSecrets(
                Resolution.generatedSecret(input.ref().name()),
                resolution.generate().stream().sorted().toList()));
      }
      if (resolution.effective().spec().dependencies() == Dependencies.Install) {
        assessment
            .missing()
            .forEach(missing -> Installs.of(input, resolution, missing).ifPresent(this::start));
      }
    }

    private void start(TaskServAction action) {
      actions.add(action);
      Optional<Instant> retryAt = assessment.remembered().retryAt(action.key());
      if (input
          .ledger()
          .outcome(action.key())
          .filter(Ledger.Succeeded.class::isInstance)
          .isPresent()) {
        wake(input.now().plus(VISIBLE)); // done; the caches do not show it yet
      } else if (retryAt.filter(input.now()::isBefore).isPresent()) {
        wake(retryAt.get());
      } else {
        front.add(action);
      }
    }

    private void attach(MemberState member) {
      AttachOperation attach =
          new AttachOperation(
              member.name(),
              new OperationId(member.status().operationId()),
              Words.underWay(
                  Phases.inFlight(member.status()).orElseThrow(),
                  input.ref().name(),
                  member.status()));
      actions.add(attach);
      if (member.due(input.now())) {
        front.add(attach);
      } else {
        wake(member.retryAt().orElseThrow());
      }
    }

    private Set<String> startable() {
      boolean leaderFirst =
          assessment.resolution().map(r -> Gates.leaderFirst(r.definition())).orElse(false);
      boolean waitsForSecrets =
          assessment.resolution().map(r -> !r.generate().isEmpty()).orElse(false);
      if (waitsForSecrets) {
        return Set.of();
      }
      Rollout rollout =
          new Rollout(
                  assessment.members(),
                  assessment.resolution().map(r -> r.effective().spec().strategy()),
                  input.now())
              .decide(leaderFirst);
      rollout.wakeAt().ifPresent(this::wake);
      rollout.waitsFor().ifPresent(why -> slow = Optional.of(why));
      return rollout.front();
    }

    /** The first thing in the way of a machine; what needs a person comes first. */
    private Optional<Failure> obstacle() {
      List<Failure> problems =
          Stream.concat(
                  assessment.members().stream().flatMap(m -> m.problem().stream()),
                  assessment.remembered().failures().values().stream().map(Retries::failure))
              .toList();
      return problems.stream()
          .filter(this::stalls)
          .findFirst()
          .or(() -> problems.stream().findFirst());
    }

    private boolean stalls(Failure failure) {
      return FailurePolicy.of(failure, 1, input.ref().uid()).stalled();
    }

    /** Following what runs is no effect; all else waits at the gate. */
    private Optional<Failure> gate() {
      boolean anything = front.stream().anyMatch(a -> !(a instanceof AttachOperation));
      Optional<Failure> gate = input.ref().deleting() ? Optional.empty() : closed();
      if (gate.isPresent()) {
        boolean approval = gate.get().reason().equals(Approvals.REASON);
        front.removeIf(
            a -> !(a instanceof AttachOperation) && !(approval && a instanceof GenerateSecrets));
      }
      boolean work = actions.stream().anyMatch(a -> !(a instanceof AttachOperation));
      return gate.filter(g -> anything || work);
    }

    private Optional<Failure> closed() {
      if (Boolean.TRUE.equals(input.spec().suspend())
          || input
              .world()
              .workspace()
              .map(w -> Boolean.TRUE.equals(w.spec().suspend()))
              .orElse(false)) {
        return Optional.of(
            new Failure.Waiting("Suspended", "spec.suspend is true", Duration.ofDays(1)));
      }
      if (input.spec().mode() == Mode.Plan) {
        return Optional.of(
            new Failure.Waiting(
                "PlanOnly",
                "spec.mode is Plan: status.plan shows what Apply would do",
                Duration.ofDays(1)));
      }
      return Approvals.required(assessment, actions);
    }

    private void wake(Instant at) {
      wakeAt = Optional.of(wakeAt.filter(earlier -> earlier.isBefore(at)).orElse(at));
    }

    /** What stands in the way is told by events; this is for those that get lost. */
    private Optional<Duration> retryAfter(Failure failure) {
      return failure instanceof Failure.Conflict
          ? Optional.of(RECHECK)
          : FailurePolicy.of(failure, FEW, input.ref().uid()).retryAfter();
    }

    private Optional<Duration> recheck(Optional<Failure> blocker) {
      Needs.wakeAt(assessment).ifPresent(this::wake);
      Optional<Duration> byTime =
          wakeAt
              .map(at -> Duration.between(input.now(), at))
              .map(d -> d.compareTo(SOON) < 0 ? SOON : d);
      Optional<Duration> byFailure =
          blocker.flatMap(this::retryAfter).filter(d -> d.compareTo(Duration.ofDays(1)) < 0);
      return Stream.concat(byTime.stream(), byFailure.stream()).min(Duration::compareTo);
    }
  }
}
