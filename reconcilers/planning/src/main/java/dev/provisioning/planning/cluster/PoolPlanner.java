package dev.provisioning.planning.cluster;

import dev.provisioning.api.cluster.NodePool;
import dev.provisioning.api.server.DeletionPolicy;
import dev.provisioning.api.server.ServerSpec;
import dev.provisioning.planning.cluster.ClusterAction.CreateServer;
import dev.provisioning.planning.cluster.ClusterAction.ReplaceServers;
import dev.provisioning.planning.cluster.ClusterAction.UpdateServer;
import dev.provisioning.planning.cluster.topology.Children;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides about the machines of one pool: how many, which go, which change where they are.
 *
 * <pre>
 *   too few  -> CreateServer                    too many -> the last ones leave
 *   outdated -> a new one joins (maxSurge), then an old one leaves (maxUnavailable), in windows
 *   changed  -> UpdateServer, maxUnavailable at a time
 * </pre>
 */
final class PoolPlanner {
  private final Assessment assessment;
  private final Children target;
  private final NodePool pool;
  private final boolean turn;
  private final List<Member> members;

  /** {@code turn}: the pools before this one are as wanted, so that changes may begin here. */
  PoolPlanner(Assessment assessment, NodePool pool, boolean turn) {
    this.assessment = assessment;
    this.target = assessment.target();
    this.pool = pool;
    this.turn = turn;
    this.members = new ArrayList<>(assessment.of(pool));
  }

  /**
   * @param members with what leaves
   * @param actions in order; those in {@code may} can start as far as the pool is concerned
   */
  record Decision(List<Member> members, List<ClusterAction> actions, Set<ClusterAction> may) {}

  Decision decide() {
    leaveSurplus();
    boolean rolls =
        turn && (assessment.mayReplace() || outdated().stream().anyMatch(m -> !m.serves()));
    if (rolls) {
      leaveOutdated();
    }
    List<ClusterAction> actions = new ArrayList<>();
    Set<ClusterAction> may = new HashSet<>();
    List<CreateServer> creates = creates(rolls);
    actions.addAll(creates);
    may.addAll(creates);
    replacement().ifPresent(actions::add);
    List<Member> allowed = allowedToChange();
    for (Member member : members) {
      if (member.changes()) {
        UpdateServer update = update(member);
        actions.add(update);
        if (allowed.contains(member)) {
          may.add(update);
        }
      }
    }
    return new Decision(List.copyOf(members), actions, may);
  }

  private List<Member> staying() {
    return members.stream().filter(Member::stays).toList();
  }

  private List<Member> outdated() {
    return staying().stream().filter(Member::outdated).toList();
  }

  private void leave(Member member, Cause cause) {
    members.set(members.indexOf(member), member.leaving(cause));
  }

  private void leaveSurplus() {
    List<Member> staying = staying();
    int most = pool.replicas() + (outdated().isEmpty() ? 0 : assessment.maxSurge());
    staying.stream()
        .sorted(
            Comparator.comparing((Member m) -> !wasLeaving(m))
                .thenComparing(m -> m.brokenSince().isEmpty())
                .thenComparing(m -> !m.outdated())
                .thenComparing(Member::name, Comparator.reverseOrder()))
        .limit(Math.max(0, staying.size() - most))
        .forEach(m -> leave(m, Cause.SCALED_DOWN));
  }

  private static boolean wasLeaving(Member member) {
    return member.before().filter(status -> "Leaving".equals(status.state())).isPresent();
  }

  private void leaveOutdated() {
    // With no spare address a new machine has room only when an old one is gone.
    int missing =
        pool.addresses().isEmpty()
            ? assessment.maxUnavailable()
            : Math.max(1, assessment.maxUnavailable());
    long available = staying().stream().filter(m -> m.serves()).count();
    List<Member> candidates =
        outdated().stream()
            .sorted(Comparator.comparing(Member::serves).thenComparing(Member::name))
            .toList();
    for (Member member : candidates) {
      if (staying().size() == 1) {
        // Services need a machine to stay on: the last one goes when another has joined.
        return;
      }
      boolean serves = member.serves();
      if (!serves) {
        leave(member, Cause.REPLACED);
      } else if (assessment.mayReplace() && available - 1 >= pool.replicas() - missing) {
        leave(member, Cause.REPLACED);
        available--;
      }
    }
  }

  private List<CreateServer> creates(boolean rolls) {
    List<Member> staying = staying();
    int current = staying.size() - outdated().size();
    int wanted = pool.replicas() - staying.size();
    boolean replacing =
        members.stream().anyMatch(m -> m.leaving().filter(Cause.REPLACED::equals).isPresent());
    if (rolls && !outdated().isEmpty() || replacing) {
      long all =
          members.stream()
              .filter(m -> m.stays() || m.leaving().filter(Cause.REPLACED::equals).isPresent())
              .count();
      boolean last = staying.size() == 1 && current == 0;
      long room = pool.replicas() + Math.max(assessment.maxSurge(), last ? 1 : 0) - all;
      wanted = (int) Math.min(pool.replicas() - current, room);
    }
    return births(Math.max(0, wanted));
  }

  private List<CreateServer> births(int count) {
    Places places = new Places(target, pool, members, assessment.input().world().taken());
    List<CreateServer> creates = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Optional<Places.Place> place = places.next();
      if (place.isEmpty()) {
        break;
      }
      ServerSpec spec = target.server(pool, place.get().zone(), place.get().address());
      creates.add(
          new CreateServer(
              place.get().server(),
              pool.name(),
              spec,
              target.labels(pool),
              Sentences.create(place.get().server(), spec, quote())));
    }
    return creates;
  }

  private Optional<Quote> quote() {
    return Optional.ofNullable(assessment.input().world().quotes().get(pool.name()));
  }

  private Optional<ClusterAction> replacement() {
    List<Member> left = outdated();
    return left.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ReplaceServers(
                pool.name(),
                "replace %s by new machines, one after the other; their disks go: %s"
                    .formatted(
                        Sentences.names(left.stream().map(Member::name).toList()),
                        Specs.differences(
                            left.getFirst().child().spec(),
                            left.getFirst().wish().orElseThrow()))));
  }

  private UpdateServer update(Member member) {
    ServerSpec wish = member.wish().orElseThrow();
    return new UpdateServer(
        member.name(),
        pool.name(),
        wish,
        member.labels(),
        "change Server %s: %s"
            .formatted(member.name(), Specs.differences(member.child().spec(), wish)));
  }

  /** Those that serve nobody now are free; of the others as many as may be missing. */
  private List<Member> allowedToChange() {
    if (!turn) {
      return List.of();
    }
    List<Member> free = members.stream().filter(m -> m.changes() && !m.serves()).toList();
    long missing =
        assessment.members().stream().filter(m -> m.stays() && !m.serves() && !m.changes()).count();
    long room = assessment.gateOpen() ? Math.max(1, assessment.maxUnavailable()) - missing : 0;
    List<Member> allowed = new ArrayList<>(free);
    members.stream()
        .filter(m -> m.changes() && m.serves())
        .limit(Math.max(0, room))
        .forEach(allowed::add);
    return allowed;
  }

  /** Whether the machines of this pool outlive their Servers. */
  static boolean retains(Assessment assessment, Member member) {
    DeletionPolicy policy = assessment.input().spec().deletionPolicy();
    boolean foreign = member.child().spec().address() != null;
    return policy == null ? foreign : policy == DeletionPolicy.Retain;
  }
}
