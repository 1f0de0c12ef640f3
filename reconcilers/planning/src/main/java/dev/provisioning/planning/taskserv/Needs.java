package dev.provisioning.planning.taskserv;

import dev.provisioning.api.taskserv.MemberStatus;
import dev.provisioning.planning.taskserv.design.Design;
import dev.provisioning.spi.model.HealthCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Which facts a decision needs, told before any is read. */
final class Needs {
  private Needs() {}

  static TaskServNeeds of(TaskServInput base) {
    Map<String, TaskServNeeds.Member> members = new HashMap<>();
    base.status().stream()
        .flatMap(status -> status.servers().stream())
        .forEach(member -> members.put(member.name(), member(member, List.of(), Optional.empty())));
    Set<SecretKey> secrets = new HashSet<>();
    if (base.ref().deleting()) {
      return new TaskServNeeds(members, secrets);
    }
    try {
      // Health checks hold no secrets, so any fingerprint does for them.
      Resolution resolution = Resolution.of(base, key -> Optional.of("?"));
      secrets.addAll(resolution.secrets().values());
      resolution
          .definition()
          .exports()
          .forEach(
              e ->
                  secrets.add(
                      new SecretKey(Resolution.exportsSecret(base.ref().name()), e.name())));
      targets(base, resolution, members);
    } catch (Refused e) {
      // The plan will say so; what is installed is still looked at.
      return new TaskServNeeds(members, secrets);
    }
    return new TaskServNeeds(members, secrets);
  }

  private static void targets(
      TaskServInput base, Resolution resolution, Map<String, TaskServNeeds.Member> members) {
    Remembered remembered = Remembered.of(base);
    MemberPlanner planner =
        new MemberPlanner(new Wish(base, remembered, resolution, Optional.empty()));
    for (ServerFacts server : resolution.targets()) {
      if (server.notReady().isPresent() && remembered.member(server.name()).version() == null) {
        continue;
      }
      MemberState state = planner.state(server);
      List<HealthCheck> checks = state.design().map(Design::checks).orElse(List.of());
      members.put(
          server.name(),
          member(state.status(), checks, Optional.of(Drifts.interval(base, resolution))));
    }
  }

  private static TaskServNeeds.Member member(
      MemberStatus status, List<HealthCheck> checks, Optional<Duration> drift) {
    boolean idle = Phases.inFlight(status).isEmpty();
    boolean settled = idle && Phases.settled(status);
    return new TaskServNeeds.Member(
        idle, drift.filter(interval -> settled), settled ? checks : List.of());
  }

  /** When time alone changes what is to be done. */
  static Optional<Instant> wakeAt(Assessment assessment) {
    return Stream.concat(answersCount(assessment).stream(), correction(assessment).stream())
        .min(Instant::compareTo);
  }

  /** When the drift that is known may be corrected. */
  private static Optional<Instant> correction(Assessment assessment) {
    TaskServInput input = assessment.input();
    return assessment.resolution().filter(Drifts::corrects).stream()
        .flatMap(
            resolution ->
                assessment.targets().stream()
                    .filter(MemberState::settled)
                    .filter(m -> m.status().finishedAt() != null)
                    .filter(m -> !Drifts.of(input, resolution, m.name()).isEmpty())
                    .map(m -> m.status().finishedAt().plus(Drifts.interval(input, resolution))))
        .filter(at -> at.isAfter(input.now()))
        .min(Instant::compareTo);
  }

  /** When an answer that does not count yet begins to count. */
  private static Optional<Instant> answersCount(Assessment assessment) {
    Instant now = assessment.input().now();
    return assessment.members().stream()
        .filter(MemberState::settled)
        .flatMap(
            m ->
                Stream.ofNullable(m.status().finishedAt())
                    .flatMap(at -> m.design().stream().map(d -> at.plus(d.startPeriod()))))
        .filter(at -> at.isAfter(now))
        .min(Instant::compareTo);
  }
}
