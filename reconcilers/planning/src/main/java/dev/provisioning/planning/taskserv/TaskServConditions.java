package dev.provisioning.planning.taskserv;

import dev.provisioning.api.Condition;
import dev.provisioning.api.ConditionStatus;
import dev.provisioning.api.taskserv.CheckStatus;
import dev.provisioning.api.taskserv.MemberPhase;
import dev.provisioning.api.taskserv.MemberStatus;
import dev.provisioning.api.taskserv.TaskServStatus;
import dev.provisioning.planning.Conditions;
import dev.provisioning.planning.FailurePolicy;
import dev.provisioning.planning.Plan;
import dev.provisioning.spi.model.Failure;
import java.util.List;
import java.util.Optional;

/**
 * Ready, Healthy, DependenciesReady, UpToDate, InSync; Reconciling, Stalled, Suspended while True.
 */
final class TaskServConditions {
  static final String HEALTHY = "Healthy";
  static final String DEPENDENCIES_READY = "DependenciesReady";
  static final String UP_TO_DATE = "UpToDate";
  static final String IN_SYNC = "InSync";

  private final Assessment assessment;
  private final TaskServInput input;
  private final Plan<TaskServAction> plan;
  private final TaskServStatus status;
  private final Conditions conditions;

  private TaskServConditions(
      Assessment assessment, Plan<TaskServAction> plan, TaskServStatus status) {
    this.assessment = assessment;
    this.input = assessment.input();
    this.plan = plan;
    this.status = status;
    this.conditions =
        new Conditions(
            input.status().map(TaskServStatus::conditions).orElse(List.of()),
            input.ref().generation(),
            input.now());
  }

  static List<Condition> of(
      Assessment assessment, Plan<TaskServAction> plan, TaskServStatus status) {
    return new TaskServConditions(assessment, plan, status).all();
  }

  private record Word(String reason, String message) {}

  private List<Condition> all() {
    Optional<Word> obstacle = obstacle();
    if (obstacle.isPresent()) {
      conditions.set(Conditions.READY, false, obstacle.get().reason(), obstacle.get().message());
    } else {
      conditions.set(Conditions.READY, true, "Running", runs());
    }
    healthy();
    dependencies();
    upToDate();
    inSync();
    if (Boolean.TRUE.equals(input.spec().suspend())) {
      conditions.set(Conditions.SUSPENDED, true, "Suspended", "spec.suspend is true");
    }
    progress(obstacle);
    return conditions.list();
  }

  /** The first blocking leaf: what a person must do, what runs, what waits, what is ill. */
  private Optional<Word> obstacle() {
    Optional<Failure> blocker = plan.blocker();
    Optional<Word> stalling = blocker.filter(this::stalls).map(TaskServConditions::word);
    Optional<Word> running = running();
    Optional<Word> waiting = blocker.map(TaskServConditions::word);
    return stalling
        .or(() -> running)
        .or(() -> waiting)
        .or(this::planned)
        .or(this::rejected)
        .or(this::ill)
        .or(this::nobody);
  }

  private static Word word(Failure failure) {
    return new Word(failure.reason(), failure.message());
  }

  private boolean stalls(Failure failure) {
    return FailurePolicy.of(failure, 1, input.ref().uid()).stalled();
  }

  private Optional<Word> running() {
    return status.servers().stream()
        .filter(m -> Phases.inFlight(m).isPresent())
        .findFirst()
        .map(m -> new Word(m.phase().name(), step(m)));
  }

  private String step(MemberStatus member) {
    OperationKind kind = Phases.inFlight(member).orElseThrow();
    String what = Words.underWay(kind, input.ref().name(), member);
    if (member.step() == null) {
      return what + ", since " + member.startedAt();
    }
    String text = member.text() == null ? "" : ": " + member.text();
    return "%s, step %d/%d %s%s"
        .formatted(what, member.stepIndex(), member.stepCount(), member.step(), text);
  }

  private Optional<Word> planned() {
    return plan.actions().stream()
        .findFirst()
        .map(action -> new Word(action.name() + "Planned", "next: " + action.description()));
  }

  private Optional<Word> rejected() {
    return assessment
        .rejected()
        .map(
            entry ->
                new Word(
                    "RolledBack",
                    "%s with configuration %s failed and was rolled back to %s; change the spec to try again"
                        .formatted(
                            entry.version(), entry.configHash(), status.installedVersion())));
  }

  private Optional<Word> ill() {
    return status.servers().stream()
        .filter(m -> m.phase() == MemberPhase.Unhealthy)
        .findFirst()
        .map(m -> new Word("Unhealthy", ill(m)));
  }

  private static String ill(MemberStatus member) {
    String check =
        member.health().checks().stream()
            .filter(c -> !Boolean.TRUE.equals(c.ok()))
            .findFirst()
            .map(TaskServConditions::failing)
            .orElse("a check fails");
    return "on %s %s, since %s".formatted(member.name(), check, member.health().since());
  }

  private static String failing(CheckStatus check) {
    String message = check.message() == null ? "" : ": " + check.message();
    return "check " + check.name() + " fails" + message;
  }

  private Optional<Word> nobody() {
    return status.servers().stream()
        .filter(m -> m.phase() != MemberPhase.Ready)
        .findFirst()
        .map(m -> new Word("Pending", "%s is %s".formatted(m.name(), m.phase())));
  }

  private String runs() {
    int count = status.servers().size();
    String where =
        count == 1 ? "on " + status.servers().getFirst().name() : "on " + count + " machines";
    String version = status.installedVersion() == null ? "" : " " + status.installedVersion();
    return input.ref().name() + version + " runs " + where;
  }

  private void healthy() {
    Optional<Word> ill = ill();
    boolean any = status.servers().stream().anyMatch(m -> m.version() != null);
    if (ill.isPresent()) {
      conditions.set(HEALTHY, false, ill.get().reason(), ill.get().message());
    } else if (!any) {
      conditions.set(HEALTHY, ConditionStatus.Unknown, "NotInstalled", "nothing is installed yet");
    } else {
      conditions.set(HEALTHY, true, "ChecksSucceed", "all health checks succeed");
    }
  }

  private void dependencies() {
    if (input.ref().deleting()) {
      return;
    }
    if (assessment.dependency().isPresent()) {
      Failure why = assessment.dependency().get();
      conditions.set(DEPENDENCIES_READY, false, why.reason(), why.message());
    } else {
      conditions.set(DEPENDENCIES_READY, true, "AllReady", "everything it requires is there");
    }
  }

  private void upToDate() {
    boolean all =
        assessment.resolution().isPresent()
            && !assessment.rollsBack()
            && assessment.targets().stream().allMatch(MemberState::settled);
    if (all) {
      conditions.set(UP_TO_DATE, true, "AsSpecified", "version and configuration are as specified");
    } else if (assessment.rollsBack()) {
      conditions.set(
          UP_TO_DATE, false, "RolledBack", "the previous version and configuration were put back");
    } else {
      conditions.set(UP_TO_DATE, false, "ChangesPending", "not all machines are as specified yet");
    }
  }

  private void inSync() {
    if (status.drift().isEmpty()) {
      conditions.set(IN_SYNC, true, "AsApplied", "no drift was found");
      return;
    }
    var first = status.drift().getFirst();
    conditions.set(
        IN_SYNC,
        false,
        "DriftDetected",
        "%s on %s: %s should be %s and is %s"
            .formatted(
                status.drift().size() == 1
                    ? "1 difference"
                    : status.drift().size() + " differences, the first",
                first.server(),
                first.field(),
                first.desired(),
                first.observed()));
  }

  private void progress(Optional<Word> obstacle) {
    if (obstacle.isEmpty()) {
      return;
    }
    Word why = obstacle.get();
    boolean held = why.reason().equals("Suspended") || why.reason().equals("PlanOnly");
    boolean stalled =
        plan.blocker().filter(this::stalls).isPresent() || why.reason().equals("RolledBack");
    boolean ill = why.reason().equals("Unhealthy");
    if (stalled) {
      conditions.set(Conditions.STALLED, true, why.reason(), why.message());
    } else if (!held && !ill) {
      boolean retries = !assessment.remembered().failures().isEmpty();
      conditions.set(
          Conditions.RECONCILING,
          true,
          retries ? "ProgressingWithRetry" : why.reason(),
          why.message());
    } else if (ill) {
      conditions.set(Conditions.STALLED, true, why.reason(), why.message());
    }
  }
}
