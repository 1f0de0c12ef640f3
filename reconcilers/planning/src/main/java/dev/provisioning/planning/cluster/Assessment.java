package dev.provisioning.planning.cluster;

import dev.provisioning.api.DurationText;
import dev.provisioning.api.cluster.MemberStatus;
import dev.provisioning.api.cluster.NodePool;
import dev.provisioning.api.cluster.RolloutStrategy;
import dev.provisioning.api.server.ServerSpec;
import dev.provisioning.planning.Windows;
import dev.provisioning.planning.cluster.topology.Children;
import dev.provisioning.spi.model.Failure;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The Cluster judged against where it is steered to.
 *
 * @param healthySince since when everything that the running change touched is healthy
 */
record Assessment(
    ClusterInput input,
    Course course,
    Touched touched,
    List<Member> members,
    Optional<Instant> healthySince) {

  static Assessment of(ClusterInput input) {
    Course course = Course.of(input);
    Touched touched = Touched.of(input, course);
    List<Member> judged =
        input.world().servers().stream()
            .map(child -> member(input, course.target(), child))
            .toList();
    Instant now = input.now().truncatedTo(ChronoUnit.SECONDS);
    Optional<Instant> since =
        touched.healthy()
            ? Optional.of(Optional.ofNullable(input.status().healthySince()).orElse(now))
            : Optional.empty();
    return new Assessment(
        input, course, touched, Healing.decide(input, course.target(), judged), since);
  }

  Children target() {
    return course.target();
  }

  RolloutStrategy rollout() {
    return target().rollout();
  }

  int maxSurge() {
    return rollout().maxSurge() == null ? 1 : rollout().maxSurge();
  }

  int maxUnavailable() {
    return rollout().maxUnavailable() == null ? 1 : rollout().maxUnavailable();
  }

  List<Member> of(NodePool pool) {
    return members.stream().filter(m -> m.child().pool().equals(pool.name())).toList();
  }

  /** Whether the next part of a running change may begin. Going back waits for nothing. */
  boolean gateOpen() {
    return course.rollsBack()
        || touched.children().isEmpty()
        || touched.healthy() && gateWait().isZero();
  }

  /** Whether one more machine that serves may be given up for a new one. */
  boolean mayReplace() {
    return gateOpen() && windowClosed().isEmpty();
  }

  /** What machines that serve wait for before they are replaced; going back waits for nothing. */
  Optional<Failure> windowClosed() {
    return input
        .world()
        .workspace()
        .known()
        .filter(any -> !course.rollsBack())
        .flatMap(view -> Windows.closed(view.name(), view.windows(), input.now()));
  }

  /** How long everything has to stay healthy yet. */
  Duration gateWait() {
    Duration gate = DurationText.parse(rollout().healthGate(), Duration.ZERO);
    Instant open = healthySince.map(since -> since.plus(gate)).orElse(Instant.MIN);
    return open.isAfter(input.now()) ? Duration.between(input.now(), open) : Duration.ZERO;
  }

  private static Member member(ClusterInput input, Children target, ServerChild child) {
    Optional<MemberStatus> before = Touched.before(input, child.name());
    Optional<NodePool> pool = target.topology().pool(child.pool());
    Optional<ServerSpec> wish = pool.map(p -> Touched.wish(target, p, child));
    boolean made = child.status().filter(s -> s.machine() != null).isPresent();
    boolean outdated =
        made
            && wish.filter(w -> Specs.needsAnotherMachine(child.spec(), w, child.zone()))
                .isPresent();
    Optional<String> silence = input.world().silence(child);
    boolean joined =
        child.ready() || before.filter(s -> Boolean.TRUE.equals(s.joined())).isPresent();
    Optional<Instant> broken =
        joined && (child.ill() || silence.isPresent())
            ? Optional.of(
                before
                    .map(MemberStatus::brokenSince)
                    .orElse(input.now().truncatedTo(ChronoUnit.SECONDS)))
            : Optional.empty();
    Member plain =
        new Member(
            child,
            before,
            Optional.empty(),
            wish,
            pool.map(target::labels).orElse(Map.of()),
            outdated,
            broken,
            silence,
            child.ready() && pool.filter(p -> served(input, target, p, child)).isPresent());
    if (pool.isEmpty()) {
      return plain.leaving(Cause.REMOVED);
    }
    return plain
        .decided()
        .filter(cause -> cause == Cause.HEALED || outdated)
        .map(plain::leaving)
        .orElse(plain);
  }

  private static boolean served(
      ClusterInput input, Children target, NodePool pool, ServerChild child) {
    return target.topology().components().stream()
        .filter(component -> component.nodePools().contains(pool.name()))
        .map(component -> input.world().taskServ(target.taskServName(component.name())))
        .allMatch(service -> service.filter(s -> s.readyOn(child.name())).isPresent());
  }
}
