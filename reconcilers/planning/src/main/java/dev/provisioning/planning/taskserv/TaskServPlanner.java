package dev.provisioning.planning.taskserv;

import dev.provisioning.planning.Alarm;
import dev.provisioning.planning.FailurePolicy;
import dev.provisioning.planning.Ledger;
import dev.provisioning.planning.Plan;
import dev.provisioning.planning.Planner;
import dev.provisioning.planning.taskserv.TaskServAction.AttachOperation;
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
    private final Alarm alarm = new Alarm();
    private Optional<Failure> slow = Optional.empty();

    Decision(Assessment assessment) {
      this.assessment = assessment;
      this.input = assessment.input();
    }

    Plan<TaskServAction> plan() {
      Preparations.of(assessment).forEach(this::start);
      Places places = Places.of(assessment);
      operations(places);
      boolean refused = assessment.refusal().isPresent();
      if (input.ref().deleting() && !refused && assessment.members().isEmpty()) {
        start(new Release(input.ref().name()));
      }
      Optional<Failure> blocker =
          assessment
              .refusal()
              .or(this::obstacle)
              .or(places::refusal)
              .or(this::limited)
              .or(() -> front.isEmpty() ? slow : Optional.empty());
      Optional<Failure> gate = gate();
      if (gate.isPresent() && blocker.filter(this::stalls).isEmpty()) {
        blocker = gate;
      }
      return new Plan<>(actions, List.copyOf(front), blocker, recheck(blocker));
    }

    private void operations(Places places) {
      Set<String> startable = startable();
      for (MemberState member : Rollout.ordered(assessment.members())) {
        if (member.inFlight()) {
          attach(member);
        } else if (member.wanted().isPresent()) {
          RunOperation operation = member.wanted().get();
          actions.add(operation);
          if (startable.contains(member.name()) && member.problem().isEmpty() && places.take()) {
            front.add(operation);
          }
        }
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
        alarm.set(input.now().plus(VISIBLE)); // done; the caches do not show it yet
      } else if (retryAt.filter(input.now()::isBefore).isPresent()) {
        alarm.set(retryAt.get());
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
        alarm.set(member.retryAt().orElseThrow());
      }
    }

    private Set<String> startable() {
      boolean leaderFirst =
          assessment.resolution().map(r -> Gates.leaderFirst(r.definition())).orElse(false);
      boolean waitsForSecrets =
          assessment.resolution().map(r -> !r.generate().isEmpty()).orElse(false);
      if (waitsForSecrets || assessment.refusal().isPresent()) {
        return Set.of();
      }
      Rollout rollout =
          new Rollout(
                  assessment.members(),
                  assessment.resolution().map(r -> r.effective().spec().strategy()),
                  input.now())
              .decide(leaderFirst);
      rollout.wakeAt().ifPresent(alarm::set);
      rollout.waitsFor().ifPresent(why -> slow = Optional.of(why));
      return rollout.front();
    }

    /** The first thing in the way of a machine; what needs a person comes first. */
    private Optional<Failure> obstacle() {
      List<Failure> problems =
          Stream.concat(
                  assessment.members().stream().flatMap(m -> m.problem().stream()),
                  assessment.remembered().failures().values().stream()
                      .filter(failed -> !Remembered.isLimit(failed))
                      .map(Retries::failure))
              .toList();
      return problems.stream()
          .filter(this::stalls)
          .findFirst()
          .or(() -> problems.stream().findFirst());
    }

    private Optional<Failure> limited() {
      return assessment.remembered().failures().values().stream()
          .filter(Remembered::isLimit)
          .findFirst()
          .map(failed -> new Failure.Waiting(failed.reason(), failed.message(), RECHECK));
    }

    private boolean stalls(Failure failure) {
      return FailurePolicy.of(failure, 1, input.ref().uid()).stalled();
    }

    private Optional<Failure> gate() {
      Optional<Failure> closed = PlanGate.closed(assessment, actions);
      closed.ifPresent(why -> front.removeIf(action -> !PlanGate.lets(action, why)));
      return closed;
    }

    /** What stands in the way is told by events; this is for those that get lost. */
    private Optional<Duration> retryAfter(Failure failure) {
      return failure instanceof Failure.Conflict
          ? Optional.of(RECHECK)
          : FailurePolicy.of(failure, FEW, input.ref().uid()).retryAfter();
    }

    private Optional<Duration> recheck(Optional<Failure> blocker) {
      Needs.wakeAt(assessment).ifPresent(alarm::set);
      Optional<Duration> byTime =
          alarm
              .earliest()
              .map(at -> Duration.between(input.now(), at))
              .map(d -> d.compareTo(SOON) < 0 ? SOON : d);
      Optional<Duration> byFailure =
          blocker.flatMap(this::retryAfter).filter(d -> d.compareTo(Duration.ofDays(1)) < 0);
      return Stream.concat(byTime.stream(), byFailure.stream()).min(Duration::compareTo);
    }
  }
}
