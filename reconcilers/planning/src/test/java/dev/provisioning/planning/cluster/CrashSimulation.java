package dev.provisioning.planning.cluster;

import dev.provisioning.api.cluster.ClusterStatus;
import dev.provisioning.api.cluster.NodePool;
import dev.provisioning.planning.Ledger;
import dev.provisioning.planning.Plan;
import dev.provisioning.planning.Projection;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;

/**
 * One life of a Cluster whose people change their minds and whose machines die, with an operator
 * that dies anywhere: before the status is durable, between the status and the effects, after some
 * of them. What it sees of its children lags. All of it follows from the seed.
 */
final class CrashSimulation {
  private static final int STORM = 25;
  private static final int CALM = 300;

  private final Random random;
  private final Wishes wishes;
  private final Scene scene = new Scene();
  private final int crashPercent;
  private ClusterWorld lagging;

  /** What the oracles found wrong; empty is a good life. */
  record Verdict(long seed, Optional<String> wrong) {}

  private CrashSimulation(long seed) {
    this.random = new Random(seed);
    this.wishes = new Wishes(random);
    this.crashPercent = 10 + random.nextInt(40);
    scene.apply(wishes.spec());
  }

  static Verdict run(long seed) {
    return new Verdict(seed, new CrashSimulation(seed).live());
  }

  private Optional<String> live() {
    for (int turn = 0; turn < STORM; turn++) {
      disturb();
      turn(true);
      if (!scene.world.wrongs.isEmpty()) {
        return Optional.of(scene.world.wrongs.toString());
      }
    }
    scene.world.servers.values().forEach(CrashSimulation::revive);
    scene.edit(wishes::sound);
    calm();
    Optional<String> wrong = settled().or(this::unhealed);
    if (wrong.isPresent()) {
      return wrong;
    }
    if (random.nextBoolean()) {
      scene.world.servers.values().stream().findFirst().ifPresent(s -> s.dead = true);
    }
    scene.delete();
    for (int turn = 0; turn < STORM && !scene.world.letGo; turn++) {
      turn(true);
    }
    calm();
    return scene.world.letGo && scene.world.wrongs.isEmpty()
        ? Optional.empty()
        : Optional.of("not gone: " + scene.status + scene.world.wrongs);
  }

  /** Any machine is lost for good, in peace: another takes its place, and its services move. */
  private Optional<String> unhealed() {
    die();
    turn(false);
    turn(false);
    calm();
    boolean alive = scene.world.servers.values().stream().noneMatch(s -> s.dead || s.silent);
    return alive ? settled() : Optional.of("not healed: " + scene.status);
  }

  /** As many machines as wanted, every service on them, and it says so. */
  private Optional<String> settled() {
    int wanted = scene.spec.nodePools().stream().mapToInt(NodePool::replicas).sum();
    boolean exact = scene.world.servers.size() == wanted;
    return scene.ready() && exact && scene.world.wrongs.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "unsettled: %d machines, %d wanted, %s %s"
                .formatted(scene.world.servers.size(), wanted, scene.status, scene.world.wrongs));
  }

  /** Until it says that all is well, or for a long time. */
  private void calm() {
    for (int turn = 0; turn < CALM && !scene.world.letGo; turn++) {
      turn(false);
      boolean told = Long.valueOf(scene.generation).equals(scene.status.observedGeneration());
      if (told && scene.ready() && scene.deletedAt == null) {
        return;
      }
    }
  }

  private void turn(boolean stormy) {
    boolean lags = stormy && lagging != null && random.nextInt(3) == 0;
    ClusterWorld fresh = scene.seen();
    ClusterWorld seen = lags ? mixed(fresh, lagging) : fresh;
    lagging = fresh;
    ClusterInput input = scene.input(Ledger.empty());
    ClusterInput observed =
        new ClusterInput(
            input.ref(), input.spec(), input.status(), seen, Ledger.empty(), input.now());
    Plan<ClusterAction> plan = new ClusterPlanner().plan(observed);
    Projection<ClusterStatus> projection = new ClusterProjector().project(observed, plan);
    if (!(stormy && crash())) {
      scene.status = projection.status();
      condemn();
      for (ClusterAction action : plan.front()) {
        if (stormy && crash()) {
          break;
        }
        scene.world.execute(action, scene.now);
      }
    }
    scene.world.step();
    scene.world.happened.clear();
    scene.now = scene.now.plus(Duration.ofSeconds(random.nextInt(1, 40)));
  }

  private void condemn() {
    scene.status.members().stream()
        .filter(member -> "Healing".equals(member.state()))
        .map(member -> scene.world.servers.get(member.server()))
        .filter(Objects::nonNull)
        .forEach(server -> server.condemned = true);
  }

  private boolean crash() {
    return random.nextInt(100) < crashPercent;
  }

  /** Our own writes are seen at once; what the children's controllers told is older. */
  private static ClusterWorld mixed(ClusterWorld now, ClusterWorld before) {
    return new ClusterWorld(
        now.workspace(),
        now.definition(),
        now.services(),
        now.servers().stream()
            .map(
                s ->
                    before
                        .server(s.name())
                        .filter(old -> old.ref().uid().equals(s.ref().uid()))
                        .map(old -> new ServerChild(s.ref(), s.spec(), old.status()))
                        .orElse(new ServerChild(s.ref(), s.spec(), Optional.empty())))
            .toList(),
        now.taskServs().stream()
            .map(
                t ->
                    before
                        .taskServ(t.name())
                        .filter(old -> old.ref().uid().equals(t.ref().uid()))
                        .map(old -> new TaskServChild(t.ref(), t.spec(), old.status()))
                        .orElse(new TaskServChild(t.ref(), t.spec(), Optional.empty())))
            .toList(),
        now.taken(),
        now.quotes());
  }

  private void disturb() {
    switch (random.nextInt(12)) {
      case 0 -> scene.edit(wishes::scaled);
      case 1 -> scene.edit(wishes::otherImage);
      case 2 -> scene.edit(wishes::configured);
      case 3 -> die();
      case 4 -> scene.edit(wishes::sound);
      default -> {}
    }
  }

  private void die() {
    List<FakeServer> alive = scene.world.servers.values().stream().filter(FakeServer::up).toList();
    if (!alive.isEmpty()) {
      FakeServer victim = alive.get(random.nextInt(alive.size()));
      victim.silent = noticed(victim) && random.nextInt(3) == 0;
      victim.dead = !victim.silent;
    }
  }

  /** Silence is noticed by services alone. */
  private boolean noticed(FakeServer server) {
    return scene.world.taskServs.values().stream()
        .anyMatch(t -> t.installed.containsKey(server.name));
  }

  private static void revive(FakeServer server) {
    server.dead = false;
    server.silent = false;
  }
}
