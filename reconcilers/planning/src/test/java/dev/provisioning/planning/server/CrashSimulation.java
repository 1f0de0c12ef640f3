package dev.provisioning.planning.server;

import dev.provisioning.api.ConditionStatus;
import dev.provisioning.api.server.Phase;
import dev.provisioning.api.server.PowerState;
import dev.provisioning.api.server.Recreate;
import dev.provisioning.api.server.ServerStatus;
import dev.provisioning.planning.Conditions;
import dev.provisioning.planning.Ledger;
import dev.provisioning.planning.Projection;
import dev.provisioning.planning.ResourceRef;
import dev.provisioning.simulated.Faults;
import dev.provisioning.simulated.SimulatedSettings;
import dev.provisioning.spi.model.Capabilities.ResizeMode;
import dev.provisioning.spi.model.Machine;
import dev.provisioning.spi.model.MachineState;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * One life of a Server in a cloud that lags and loses calls, with an operator that dies anywhere:
 * before the status is durable, between the status and the effect, in the midst of a create, after
 * the effect and before its outcome is known. All of it follows from the seed.
 */
final class CrashSimulation {
  private static final int STORM = 25;
  private static final int CALM = 120;

  private final Random random;
  private final World world;
  private final Order order;
  private final int crashPercent;
  private final Map<Integer, Integer> vanished = new HashMap<>();

  /** When the intent becomes durable. */
  enum Order {
    WRITE_AHEAD,
    WRITE_AFTER
  }

  /** What the oracles found wrong; empty is a good life. */
  record Verdict(long seed, Optional<String> wrong) {}

  private CrashSimulation(long seed, Order order) {
    this.random = new Random(seed);
    this.order = order;
    this.crashPercent = 10 + random.nextInt(30);
    SimulatedSettings settings =
        SimulatedSettings.instant()
            .withLags(seconds(0, 30), seconds(0, 12))
            .withCreateOnce(random.nextBoolean())
            .withResize(random.nextBoolean() ? ResizeMode.LIVE : ResizeMode.STOPPED)
            .withFaults(Faults.seeded(seed, random.nextInt(250)));
    this.world = new World(settings);
    world.priced = false;
    if (random.nextInt(3) > 0) {
      world.spec = world.spec.withRecreate(Recreate.IfMissing);
    }
  }

  static Verdict run(long seed, Order order) {
    return new Verdict(seed, new CrashSimulation(seed, order).live());
  }

  private Optional<String> live() {
    int deleteAt = random.nextInt(2 * STORM);
    for (int turn = 0; turn < STORM && !world.gone; turn++) {
      disturb();
      if (turn == deleteAt) {
        world.delete();
      }
      turn(true);
      Optional<String> wrong = duplicates();
      if (wrong.isPresent()) {
        return wrong;
      }
    }
    world.cloud.configure(settings -> settings.withFaults(Faults.none()));
    calm();
    if (world.deletedAt.isEmpty()) {
      Optional<String> unsettled = unsettled();
      if (unsettled.isPresent()) {
        return unsettled;
      }
      world.delete();
      calm();
    }
    return duplicates().or(this::stuck).or(this::leaks);
  }

  private void calm() {
    for (int turn = 0; turn < CALM && !world.gone; turn++) {
      turn(false);
    }
  }

  /** Ready, or waiting for the person who took the machine away or wants another image. */
  private Optional<String> unsettled() {
    boolean ready =
        Conditions.find(world.status.conditions(), Conditions.READY)
            .filter(condition -> condition.status() == ConditionStatus.True)
            .isPresent();
    boolean asks =
        Conditions.find(world.status.conditions(), Conditions.STALLED)
            .filter(c -> Set.of("MachineNotFound", "ReplaceRequired").contains(c.reason()))
            .isPresent();
    boolean drifted = !world.status.drift().isEmpty();
    boolean powered =
        world.status.phase()
            == (world.spec.powerState() == PowerState.Stopped ? Phase.Stopped : Phase.Ready);
    return (ready && powered || asks) && !drifted
        ? Optional.empty()
        : Optional.of("unsettled: " + world.status);
  }

  private void turn(boolean stormy) {
    world.now = world.now.plus(seconds(1, 12));
    if (!stormy) {
      world.pass();
      return;
    }
    boolean crash = random.nextInt(100) < crashPercent;
    int where = random.nextInt(3);
    Projection<ServerStatus> projection = world.project();
    if (crash && where == 0) {
      world.ledger = Ledger.empty();
      return;
    }
    if (order == Order.WRITE_AHEAD) {
      world.publish(projection);
    }
    if (crash && where == 1) {
      world.ledger = Ledger.empty();
      return;
    }
    world.act();
    if (crash) {
      world.ledger = Ledger.empty();
      return;
    }
    if (order == Order.WRITE_AFTER) {
      Ledger outcomes = world.ledger;
      world.publish(projection);
      world.ledger = outcomes;
    }
  }

  /** What people do to a Server and its machine, and what happens to machines. */
  private void disturb() {
    switch (random.nextInt(16)) {
      case 0 -> world.edit(s -> s.withPlan(random.nextBoolean() ? "sim-4x8" : "sim-2x4"));
      case 1 -> world.edit(s -> s.withTags(Map.of("n", Integer.toString(random.nextInt(3)))));
      case 2 ->
          world.edit(
              s ->
                  s.withPowerState(random.nextBoolean() ? PowerState.Stopped : PowerState.Running));
      case 3 -> world.edit(s -> s.withImage(random.nextBoolean() ? "debian-13" : "debian-12"));
      case 4 -> vanish();
      case 5, 6 -> allowReplace();
      case 7 -> world.cloud.cutNextCreateShort();
      default -> {
        // Most turns are quiet.
      }
    }
  }

  private void allowReplace() {
    if (world.status.plan() != null) {
      world.annotations.put(ResourceRef.ALLOW_REPLACE, world.status.plan().hash());
    }
  }

  private void vanish() {
    alive().stream()
        .findFirst()
        .ifPresent(
            machine -> {
              world.cloud.vanish(machine.id());
              vanished.merge(machine.owner().orElseThrow().incarnation(), 1, Integer::sum);
            });
  }

  /**
   * One machine ever per incarnation, and one alive at a time. One that somebody ended before the
   * operator ever saw it cannot be told from one that was never made.
   */
  private Optional<String> duplicates() {
    Map<Integer, Long> alive = new HashMap<>();
    for (Machine machine : alive()) {
      alive.merge(machine.owner().map(o -> o.incarnation()).orElse(0), 1L, Long::sum);
    }
    if (alive.values().stream().mapToLong(Long::longValue).sum() > 1) {
      return Optional.of("machines alive at once, by incarnation: " + alive);
    }
    int last = world.status.incarnation() == null ? 1 : world.status.incarnation();
    for (int incarnation = 1; incarnation <= last + 1; incarnation++) {
      long made = world.cloud.creates(World.UID, incarnation);
      if (made > 1 + vanished.getOrDefault(incarnation, 0)) {
        return Optional.of(made + " machines were made for incarnation " + incarnation);
      }
    }
    return Optional.empty();
  }

  private Optional<String> stuck() {
    return world.gone ? Optional.empty() : Optional.of("stuck: " + world.status.conditions());
  }

  private Optional<String> leaks() {
    List<Machine> left = alive();
    return world.gone && !left.isEmpty() ? Optional.of("leaked: " + left) : Optional.empty();
  }

  private List<Machine> alive() {
    return world.cloud.machines().stream()
        .filter(machine -> machine.state() != MachineState.DELETING)
        .toList();
  }

  private Duration seconds(int from, int to) {
    return Duration.ofSeconds(from + random.nextInt(to - from + 1));
  }
}
