package dev.provisioning.planning.taskserv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.taskserv.MemberPhase;
import dev.provisioning.api.taskserv.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever happens on the way, applying plans reaches the empty plan, and nothing runs twice. */
class CrashAnywhereTest {
  private static final List<String> CONFIGS =
      List.of("{}", "{aof: true}", "{maxmemory: 1gb}", "{aof: true, port: 7000}");
  private static final List<String> STEPS = List.of("packages", "files", "start", "verify");

  @Property(tries = 150)
  void plansReachTheEmptyPlan(@ForAll long seed) {
    Random random = new Random(seed);
    Scene scene = new Scene().define("redis");
    int size = 1 + random.nextInt(4);
    for (int i = 1; i <= size; i++) {
      scene.server("db-" + i);
    }
    String tail = tail(random);
    for (int edit = 0; edit < 4; edit++) {
      scene.apply("redis", spec(random, scene, tail));
      disturb(scene, random);
      heal(scene);
      scene.settle();
      assertThat(scene.status("redis").phase())
          .as(scene.chronicle.toString())
          .isEqualTo(Phase.Ready);
      assertThat(scene.things.get("redis").plan.actions()).isEmpty();
    }
    scene.delete("redis");
    disturb(scene, random);
    heal(scene);
    scene.settle();
    assertThat(scene.things).as(scene.chronicle.toString()).isEmpty();
    scene.machines.values().forEach(m -> assertThat(m.applied("redis")).isEmpty());
  }

  @Property(tries = 60)
  void aSettledServiceCostsNothing(@ForAll long seed) {
    Random random = new Random(seed);
    Scene scene = new Scene().define("redis").server("db-1").server("db-2");
    scene.apply("redis", spec(random, scene, tail(random)));
    scene.settle();
    int writes = scene.writes;
    int operations = operations(scene);
    scene.crash();
    scene.now = scene.now.plus(Duration.ofDays(1));
    scene.settle();
    assertThat(scene.writes).isEqualTo(writes);
    assertThat(operations(scene)).isEqualTo(operations);
  }

  @Property(tries = 60)
  void neverMoreMachinesDownThanAllowed(@ForAll long seed) {
    Random random = new Random(seed);
    Scene scene = new Scene().define("redis");
    for (int i = 1; i <= 5; i++) {
      scene.server("db-" + i);
    }
    int most = 1 + random.nextInt(2);
    String tail = ", strategy: {maxUnavailable: " + most + "}";
    scene.apply("redis", "{servers: {names: [db-1, db-2, db-3, db-4, db-5]}" + tail + "}");
    scene.settle();
    scene.apply(
        "redis",
        "{servers: {names: [db-1, db-2, db-3, db-4, db-5]}, config: {aof: true}" + tail + "}");
    for (int i = 0; i < 60; i++) {
      scene.pass("redis");
      long down =
          scene.status("redis").servers().stream()
              .filter(m -> m.phase() != MemberPhase.Ready)
              .count();
      assertThat(down).isLessThanOrEqualTo(most);
      if (random.nextInt(5) == 0) {
        scene.crash();
      }
      scene.now = scene.now.plusSeconds(random.nextInt(40));
    }
    assertThat(scene.status("redis").phase()).isEqualTo(Phase.Ready);
  }

  private static String spec(Random random, Scene scene, String tail) {
    List<String> names =
        scene.servers.keySet().stream().filter(n -> random.nextInt(4) > 0).toList();
    List<String> chosen = names.isEmpty() ? List.of("db-1") : names;
    String config = CONFIGS.get(random.nextInt(CONFIGS.size()));
    return "{servers: {names: [%s]}, config: %s%s}"
        .formatted(String.join(", ", chosen), config, tail);
  }

  private static String tail(Random random) {
    String type = List.of("Rolling", "Parallel", "Canary").get(random.nextInt(3));
    return ", strategy: {type: %s, maxUnavailable: %d, healthGate: %ds, canary: {bake: 1m}}"
        .formatted(type, 1 + random.nextInt(2), random.nextInt(3) * 10);
  }

  /** Passes with failures, lost operations and crashes of the process in between. */
  private static void disturb(Scene scene, Random random) {
    for (int i = 0; i < 15; i++) {
      scene.machines.values().forEach(m -> m.failAt = "");
      if (random.nextInt(3) == 0) {
        any(scene, random).failAt = STEPS.get(random.nextInt(STEPS.size()));
      }
      any(scene, random).loseNext = random.nextInt(6) == 0;
      if (scene.things.containsKey("redis")) {
        scene.pass("redis");
      }
      if (random.nextInt(3) == 0) {
        scene.crash();
      }
      scene.now = scene.now.plusSeconds(random.nextInt(20));
    }
  }

  private static void heal(Scene scene) {
    scene
        .machines
        .values()
        .forEach(
            m -> {
              m.failAt = "";
              m.loseNext = false;
            });
  }

  private static FakeMachine any(Scene scene, Random random) {
    List<FakeMachine> all = List.copyOf(scene.machines.values());
    return all.get(random.nextInt(all.size()));
  }

  private static int operations(Scene scene) {
    return scene.machines.values().stream().mapToInt(m -> m.operations).sum();
  }
}
