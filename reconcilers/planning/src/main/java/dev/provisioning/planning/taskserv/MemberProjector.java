package dev.provisioning.planning.taskserv;

import dev.provisioning.api.taskserv.CheckStatus;
import dev.provisioning.api.taskserv.HealthStatus;
import dev.provisioning.api.taskserv.MemberPhase;
import dev.provisioning.api.taskserv.MemberStatus;
import dev.provisioning.planning.Plan;
import dev.provisioning.planning.taskserv.TaskServAction.RunOperation;
import dev.provisioning.planning.taskserv.design.Design;
import dev.provisioning.spi.model.HealthReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The status of each machine, with the intent of what is about to start on it. */
final class MemberProjector {
  private static final int LONGEST_ANSWER = 512;

  private final Assessment assessment;
  private final TaskServInput input;
  private final Map<String, RunOperation> starting = new HashMap<>();

  MemberProjector(Assessment assessment, Plan<TaskServAction> plan) {
    this.assessment = assessment;
    this.input = assessment.input();
    plan.front().stream()
        .filter(RunOperation.class::isInstance)
        .map(RunOperation.class::cast)
        .forEach(operation -> starting.put(operation.server(), operation));
  }

  List<MemberStatus> project() {
    List<MemberStatus> result = new ArrayList<>();
    for (MemberState member : assessment.members()) {
      result.add(project(member));
    }
    result.sort(Comparator.comparing(MemberStatus::name));
    return result;
  }

  private MemberStatus project(MemberState member) {
    MemberStatus status = named(member);
    RunOperation operation = starting.get(member.name());
    if (operation != null) {
      return started(status, member, operation);
    }
    return member.inFlight() ? status : observed(status, member);
  }

  private MemberStatus named(MemberState member) {
    Optional<ServerFacts> server = input.world().server(member.name());
    String role = member.design().map(d -> d.member().role()).orElse(member.status().role());
    Boolean leader =
        member.design().isPresent()
            ? (member.design().get().member().leader() ? Boolean.TRUE : null)
            : member.status().leader();
    return member
        .status()
        .with(
            b ->
                b.uid(server.map(ServerFacts::uid).orElse(member.status().uid()))
                    .incarnation(
                        server.map(ServerFacts::incarnation).orElse(member.status().incarnation()))
                    .role(role == null || role.isEmpty() ? null : role)
                    .leader(leader));
  }

  private MemberStatus started(MemberStatus status, MemberState member, RunOperation operation) {
    boolean leaves = operation.kind() == OperationKind.UNINSTALL;
    return status.with(
        b ->
            b.phase(Phases.of(operation.kind()))
                .desiredVersion(leaves ? null : member.design().map(Design::version).orElse(null))
                .desiredConfigHash(
                    leaves ? null : member.design().map(Design::configHash).orElse(null))
                .attempt(Remembered.attempts(status) + 1)
                .operationId(operation.operationId().value())
                .startedAt(Remembered.seconds(input.now()))
                .step(null)
                .stepIndex(0)
                .stepCount(operation.bundle().steps().size())
                .progress(0)
                .text(null)
                .warnings(List.of()));
  }

  /** Nothing runs: what the machine itself says now. */
  private MemberStatus observed(MemberStatus status, MemberState member) {
    if (status.version() == null && status.phase() != MemberPhase.Failed) {
      Optional<Applied> there = applied(member);
      boolean adopted =
          there.isPresent() && member.wanted().isEmpty() && member.problem().isEmpty();
      return adopted
          ? status.with(
              b ->
                  b.phase(MemberPhase.Ready)
                      .version(there.get().version())
                      .configHash(there.get().configHash())
                      .health(new HealthStatus(true, Remembered.seconds(input.now()), List.of())))
          : status;
    }
    return Phases.settled(status) ? health(status, member) : status;
  }

  private Optional<Applied> applied(MemberState member) {
    return input.member(member.name()).applied().known().flatMap(a -> a).map(Applied::parse);
  }

  private MemberStatus health(MemberStatus status, MemberState member) {
    List<CheckStatus> checks = checks(status, member);
    boolean healthy = checks.stream().allMatch(check -> Boolean.TRUE.equals(check.ok()));
    if (!healthy && starting(status, member)) {
      return status;
    }
    HealthStatus before = status.health();
    boolean same = before != null && Boolean.valueOf(healthy).equals(before.healthy());
    HealthStatus now =
        new HealthStatus(healthy, same ? before.since() : Remembered.seconds(input.now()), checks);
    return status.with(
        b -> b.health(now).phase(healthy ? MemberPhase.Ready : MemberPhase.Unhealthy));
  }

  /** The last word on each check; before any, what the end of the operation proved. */
  private List<CheckStatus> checks(MemberStatus status, MemberState member) {
    Map<String, CheckStatus> known = new LinkedHashMap<>();
    member
        .design()
        .ifPresent(
            d ->
                d.checks()
                    .forEach(
                        c -> known.put(c.name(), new CheckStatus(c.name(), true, null, null))));
    if (status.health() != null) {
      boolean all = member.design().isEmpty();
      status.health().checks().stream()
          .filter(check -> all || known.containsKey(check.name()))
          .forEach(check -> known.put(check.name(), check));
    }
    input.member(member.name()).health().stream()
        .filter(answer -> known.containsKey(answer.check()))
        .forEach(answer -> known.put(answer.check(), check(answer)));
    return List.copyOf(known.values());
  }

  /** A service that was just touched gets time to come up. */
  private boolean starting(MemberStatus status, MemberState member) {
    Instant at = status.finishedAt();
    Duration period = member.design().map(Design::startPeriod).orElse(Duration.ZERO);
    return at != null && at.plus(period).isAfter(input.now());
  }

  private static CheckStatus check(HealthReport.Answer answer) {
    String message = answer.ok() ? null : Words.shortened(answer.message(), LONGEST_ANSWER);
    return new CheckStatus(
        answer.check(),
        answer.ok(),
        message == null || message.isEmpty() ? null : message,
        answer.silent() ? true : null);
  }
}
