package dev.provisioning.planning.cluster;

import dev.provisioning.api.DurationText;
import dev.provisioning.api.cluster.Remediation;
import dev.provisioning.planning.cluster.topology.Children;
import dev.provisioning.spi.model.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which broken members are given up for new ones. Three brakes: broken long enough, few at once,
 * and none at all when so many are broken that the fault lies elsewhere.
 */
final class Healing {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String LIMIT = "40%";
  private static final int ALL = 100;

  private Healing() {}

  static List<Member> decide(ClusterInput input, Children target, List<Member> members) {
    Remediation rules = target.remediation();
    if (!on(input, rules) || overLimit(rules, members)) {
      return members;
    }
    int room = (rules.maxInFlight() == null ? 1 : rules.maxInFlight()) - inFlight(members);
    List<Member> due =
        broken(members).stream()
            .filter(m -> !dueAt(rules, m).isAfter(input.now()))
            .sorted(
                Comparator.comparing((Member m) -> m.brokenSince().orElseThrow())
                    .thenComparing(Member::name))
            .limit(Math.max(0, room))
            .toList();
    List<Member> decided = new ArrayList<>();
    members.forEach(m -> decided.add(due.contains(m) ? m.leaving(Cause.HEALED) : m));
    return decided;
  }

  /** What keeps broken members from being replaced, in a sentence; and when that ends by itself. */
  record Brake(Failure why, Optional<Instant> until) {}

  static Optional<Brake> brake(ClusterInput input, Children target, List<Member> members) {
    List<Member> broken = broken(members);
    if (broken.isEmpty()) {
      return Optional.empty();
    }
    Member first = broken.getFirst();
    String what =
        "Server %s is broken since %s: %s"
            .formatted(first.name(), first.brokenSince().orElseThrow(), first.trouble());
    Remediation rules = target.remediation();
    if (!Boolean.TRUE.equals(rules.enabled())) {
      return held("MemberBroken", what + "; spec.remediation.enabled would replace it", null);
    }
    if (overLimit(rules, members)) {
      return held(
          "RemediationStopped",
          "%s; %d of %d machines are broken, more than unhealthyLimit %s: none is replaced"
              .formatted(what, allBroken(members), members.size(), limitText(rules)),
          null);
    }
    Instant due = dueAt(rules, first);
    return due.isAfter(input.now())
        ? held("MemberBroken", what + "; it is replaced at " + due, due)
        : held("MemberBroken", what + "; it is replaced after the one that is under way", null);
  }

  private static Optional<Brake> held(String reason, String message, Instant until) {
    return Optional.of(
        new Brake(
            new Failure.Waiting(reason, message, Duration.ofMinutes(1)),
            Optional.ofNullable(until)));
  }

  private static boolean on(ClusterInput input, Remediation rules) {
    return Boolean.TRUE.equals(rules.enabled()) && !input.ref().deleting();
  }

  private static Instant dueAt(Remediation rules, Member member) {
    return member
        .brokenSince()
        .orElseThrow()
        .plus(DurationText.parse(rules.unhealthyFor(), PATIENCE));
  }

  private static List<Member> broken(List<Member> members) {
    return members.stream().filter(m -> m.stays() && m.brokenSince().isPresent()).toList();
  }

  /** Those given up already, and new ones that do not serve yet. */
  private static int inFlight(List<Member> members) {
    return (int)
        members.stream()
            .filter(
                m ->
                    m.leaving().filter(Cause.HEALED::equals).isPresent()
                        || m.stays() && !m.joined())
            .count();
  }

  private static long allBroken(List<Member> members) {
    return members.stream().filter(m -> m.brokenSince().isPresent()).count();
  }

  private static boolean overLimit(Remediation rules, List<Member> members) {
    String limit = limitText(rules);
    long broken = allBroken(members);
    if (!limit.endsWith("%")) {
      return broken > Long.parseLong(limit);
    }
    int percent = Integer.parseInt(limit.substring(0, limit.length() - 1));
    // One broken machine of a small Cluster is no sign of a fault elsewhere.
    return broken > Math.max(1, (long) members.size() * percent / ALL);
  }

  private static String limitText(Remediation rules) {
    return rules.unhealthyLimit() == null ? LIMIT : rules.unhealthyLimit();
  }
}
