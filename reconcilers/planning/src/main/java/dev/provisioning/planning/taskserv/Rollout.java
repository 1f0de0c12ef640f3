package dev.provisioning.planning.taskserv;

import dev.provisioning.api.DurationText;
import dev.provisioning.api.taskserv.Canary;
import dev.provisioning.api.taskserv.MemberPhase;
import dev.provisioning.api.taskserv.Strategy;
import dev.provisioning.api.taskserv.StrategyType;
import dev.provisioning.planning.Alarm;
import dev.provisioning.spi.model.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which machines may start now. A machine that has nothing yet disturbs nobody, so installs run
 * side by side; a change of what serves goes over the machines as the strategy says.
 */
final class Rollout {
  private final List<MemberState> members;
  private final Strategy strategy;
  private final Instant now;
  private final Set<String> front = new TreeSet<>();
  private final Alarm alarm = new Alarm();
  private Optional<Failure> waitsFor = Optional.empty();

  Rollout(List<MemberState> members, Optional<Strategy> strategy, Instant now) {
    this.members = members;
    this.strategy = strategy.orElseGet(() -> new Strategy(null, null, null, null, null));
    this.now = now;
  }

  /** {@code leaderFirst}: the others need what the leader makes. */
  Rollout decide(boolean leaderFirst) {
    List<MemberState> open = members.stream().filter(m -> m.wanted().isPresent()).toList();
    boolean stopped = failures() >= stopAfter(strategy);
    members.stream()
        .filter(m -> stopped && m.failed())
        .findFirst()
        .ifPresent(
            m ->
                waits("RolloutStopped", "no further machine changes while " + m.name() + " fails"));
    List<MemberState> startable =
        open.stream()
            .filter(
                m ->
                    !stopped
                        || m.status().phase() == MemberPhase.Failed
                        || kind(m) == OperationKind.UNINSTALL)
            .toList();
    startable.stream().filter(m -> kind(m) == OperationKind.UNINSTALL).forEach(this::add);
    installs(startable, leaderFirst);
    changes(startable);
    return this;
  }

  /** Names of the machines whose operation may start. */
  Set<String> front() {
    return front;
  }

  /** When time alone may allow more. */
  Optional<Instant> wakeAt() {
    return alarm.earliest();
  }

  /** Why machines that could change do not yet. */
  Optional<Failure> waitsFor() {
    return waitsFor;
  }

  /** Order of the plan: the leader first when new, last when it already serves. */
  static List<MemberState> ordered(List<MemberState> members) {
    return members.stream()
        .sorted(
            Comparator.comparingInt((MemberState m) -> rank(m)).thenComparing(MemberState::name))
        .toList();
  }

  static int stopAfter(Strategy strategy) {
    return strategy == null || strategy.stopAfterFailures() == null
        ? 1
        : strategy.stopAfterFailures();
  }

  private long failures() {
    return members.stream().filter(MemberState::failed).count();
  }

  private static int rank(MemberState member) {
    boolean leads = member.design().map(d -> d.member().leader()).orElse(false);
    boolean installs = member.wanted().map(w -> w.kind() == OperationKind.INSTALL).orElse(false);
    boolean broken =
        member.status().phase() == MemberPhase.Failed
            || member.status().phase() == MemberPhase.Unhealthy;
    if (installs) {
      return leads ? 0 : 1;
    }
    return broken ? 2 : leads ? 4 : 3;
  }

  private static OperationKind kind(MemberState member) {
    return member.wanted().orElseThrow().kind();
  }

  private void installs(List<MemberState> open, boolean leaderFirst) {
    for (MemberState member : open) {
      if (kind(member) == OperationKind.INSTALL
          && (!leaderFirst || leads(member) || leaderThere())) {
        add(member);
      }
    }
  }

  private static boolean leads(MemberState member) {
    return member.design().map(d -> d.member().leader()).orElse(false);
  }

  private boolean leaderThere() {
    return members.stream()
        .filter(Rollout::leads)
        .allMatch(m -> m.status().version() != null && Phases.settled(m.status()));
  }

  private void changes(List<MemberState> open) {
    List<MemberState> changes =
        ordered(open).stream()
            .filter(m -> kind(m) != OperationKind.INSTALL && kind(m) != OperationKind.UNINSTALL)
            .toList();
    long budget = changes.isEmpty() ? 0 : budget(changes);
    for (MemberState member : changes) {
      // What does not serve anyway may be worked on at any time.
      boolean broken = !Phases.healthy(member.status());
      if (broken || budget > 0) {
        add(member);
        budget -= broken ? 0 : 1;
      }
    }
  }

  private long budget(List<MemberState> changes) {
    if (strategy.type() == StrategyType.Parallel) {
      return changes.size();
    }
    List<MemberState> others =
        members.stream().filter(m -> m.target() && m.wanted().isEmpty()).toList();
    if (strategy.type() == StrategyType.Canary) {
      Canary canary = strategy.canary() == null ? new Canary(null, null) : strategy.canary();
      int first = canary.servers() == null ? 1 : canary.servers();
      Duration bake = DurationText.parse(canary.bake(), Duration.ofMinutes(5));
      if (others.size() < first) {
        return first - others.size();
      }
      if (others.stream().anyMatch(m -> !passed(m, bake))) {
        return 0;
      }
    }
    Duration gate = DurationText.parse(strategy.healthGate(), Duration.ZERO);
    long unavailable = others.stream().filter(m -> !passed(m, gate)).count();
    long broken = changes.stream().filter(m -> !Phases.healthy(m.status())).count();
    return most() - unavailable - broken;
  }

  private int most() {
    return strategy.maxUnavailable() == null ? 1 : strategy.maxUnavailable();
  }

  /** Serves, and has done so for {@code gate} since it was changed. */
  private boolean passed(MemberState member, Duration gate) {
    if (member.inFlight()) {
      return false;
    }
    if (!Phases.healthy(member.status())) {
      waits("HealthGate", "no further machine changes while " + member.name() + " is not healthy");
      return false;
    }
    Instant changed = member.status().finishedAt();
    if (changed == null || !changed.plus(gate).isAfter(now)) {
      return true;
    }
    alarm.set(changed.plus(gate));
    waits(
        "HealthGate",
        "%s must stay healthy until %s before the next machine changes"
            .formatted(member.name(), changed.plus(gate)));
    return false;
  }

  private void waits(String reason, String message) {
    if (waitsFor.isEmpty()) {
      waitsFor = Optional.of(new Failure.Waiting(reason, message, Duration.ofMinutes(10)));
    }
  }

  private void add(MemberState member) {
    if (member.due(now)) {
      front.add(member.name());
    } else {
      alarm.set(member.retryAt().orElseThrow());
    }
  }
}
