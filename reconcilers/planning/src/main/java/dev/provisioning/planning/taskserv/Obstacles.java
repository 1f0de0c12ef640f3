package dev.provisioning.planning.taskserv;

import dev.provisioning.api.taskserv.CheckStatus;
import dev.provisioning.api.taskserv.HistoryEntry;
import dev.provisioning.api.taskserv.MemberPhase;
import dev.provisioning.api.taskserv.MemberStatus;
import dev.provisioning.api.taskserv.TaskServStatus;
import dev.provisioning.planning.FailurePolicy;
import dev.provisioning.planning.Plan;
import dev.provisioning.spi.model.Failure;
import java.util.List;
import java.util.Optional;

/** Everything that can be between a service and Ready. */
record Obstacles(Assessment assessment, Plan<TaskServAction> plan, TaskServStatus status) {
  /** The first blocking leaf: what a person must do, what runs, what waits, what is ill. */
  Optional<Obstacle> first() {
    Optional<Failure> blocker = plan.blocker();
    Optional<Obstacle> stalling = blocker.filter(this::stalls).map(Obstacles::of);
    Optional<Obstacle> running = running();
    Optional<Obstacle> waiting = blocker.map(Obstacles::of);
    return stalling
        .or(() -> running)
        .or(() -> waiting)
        .or(this::planned)
        .or(this::rejected)
        .or(this::ill)
        .or(this::notReady);
  }

  private static Obstacle of(Failure failure) {
    return new Obstacle(failure.reason(), failure.message());
  }

  /** Whether it is a person's turn. */
  boolean stalls() {
    return plan.blocker().filter(this::stalls).isPresent();
  }

  private boolean stalls(Failure failure) {
    return FailurePolicy.of(failure, 1, assessment.input().ref().uid()).stalled();
  }

  private Optional<Obstacle> running() {
    List<MemberStatus> running =
        status.servers().stream().filter(m -> Phases.inFlight(m).isPresent()).toList();
    return assessment.members().stream()
        .filter(MemberState::inFlight)
        .flatMap(m -> unreached(m.name()).stream())
        .findFirst()
        .or(() -> running.stream().findFirst().map(m -> new Obstacle(m.phase().name(), step(m))));
  }

  /** An operation that cannot be followed now: what became of it is not known. */
  private Optional<Obstacle> unreached(String server) {
    String key = TaskServAction.operationKey(server);
    return Optional.ofNullable(assessment.remembered().failures().get(key))
        .filter(failed -> !assessment.input().ledger().isRunning(key))
        .filter(
            failed ->
                failed.retryAt() != null && assessment.input().now().isBefore(failed.retryAt()))
        .map(failed -> of(Retries.failure(failed)));
  }

  private String step(MemberStatus member) {
    OperationKind kind = Phases.inFlight(member).orElseThrow();
    String what = Words.underWay(kind, assessment.input().ref().name(), member);
    if (member.step() == null) {
      return what + ", since " + member.startedAt();
    }
    String text = member.text() == null ? "" : ": " + member.text();
    return "%s, step %d/%d %s%s"
        .formatted(what, member.stepIndex(), member.stepCount(), member.step(), text);
  }

  private Optional<Obstacle> planned() {
    return plan.actions().stream()
        .findFirst()
        .map(action -> new Obstacle(action.name() + "Planned", "next: " + action.description()));
  }

  private Optional<Obstacle> rejected() {
    return assessment
        .rejected()
        .map(
            entry ->
                new Obstacle(
                    "RolledBack",
                    "%s with configuration %s failed and was rolled back to %s; change the %s to try again"
                        .formatted(
                            entry.version(),
                            entry.configHash(),
                            status.installedVersion(),
                            blamesDefinition(entry) ? "definition" : "spec")));
  }

  /** The spec is what ran well before. */
  private boolean blamesDefinition(HistoryEntry entry) {
    return status.lastGood() != null && entry.configHash().equals(status.lastGood().configHash());
  }

  /** The first machine whose checks fail. */
  Optional<Obstacle> ill() {
    return status.servers().stream()
        .filter(m -> m.phase() == MemberPhase.Unhealthy)
        .findFirst()
        .map(m -> new Obstacle("Unhealthy", ill(m)));
  }

  private static String ill(MemberStatus member) {
    String check =
        member.health().checks().stream()
            .filter(c -> !Boolean.TRUE.equals(c.ok()))
            .findFirst()
            .map(Obstacles::failing)
            .orElse("a check fails");
    return "on %s %s, since %s".formatted(member.name(), check, member.health().since());
  }

  private static String failing(CheckStatus check) {
    String message = check.message() == null ? "" : ": " + check.message();
    return "check " + check.name() + " fails" + message;
  }

  private Optional<Obstacle> notReady() {
    return status.servers().stream()
        .filter(m -> m.phase() != MemberPhase.Ready)
        .findFirst()
        .map(m -> new Obstacle("Pending", "%s is %s".formatted(m.name(), m.phase())));
  }
}
