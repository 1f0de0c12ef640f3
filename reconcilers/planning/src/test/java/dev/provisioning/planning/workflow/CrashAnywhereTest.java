package dev.provisioning.planning.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.workflow.OperationPhase;
import dev.provisioning.api.workflow.OperationStatus;
import dev.provisioning.api.workflow.Phase;
import dev.provisioning.api.workflow.UndoPhase;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The operator is killed at every step of a workflow of thirty operations, forwards and backwards:
 * nothing that was completed is done again, and nothing is lost.
 */
class CrashAnywhereTest {
  private static final int OPERATIONS = 30;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void killed_after_every_write_nothing_is_repeated_and_nothing_is_lost(boolean acts) {
    Scene scene = new Scene().apply(thirty(""));
    killedAtEveryStep(scene, acts, Phase.Succeeded);
    assertThat(operationsIn(scene, OperationPhase.Succeeded)).isEqualTo(OPERATIONS);
    scene.world.effects.forEach((effect, times) -> assertThat(times).as(effect).isEqualTo(1));
    scene.apply(thirty("rollback: {requested: true}\n"));
    killedAtEveryStep(scene, acts, Phase.RolledBack);
    assertThat(scene.world.things).isEmpty();
    scene.world.effects.forEach((effect, times) -> assertThat(times).as(effect).isEqualTo(1));
    assertThat(operationsIn(scene, OperationPhase.RolledBack)).isEqualTo(OPERATIONS);
  }

  @Property(tries = 100)
  void any_workflow_comes_to_its_end_whenever_it_is_killed(@ForAll long seed) {
    Random random = new Random(seed);
    Scene scene = new Scene().apply(any(random, ""));
    disturb(scene, random);
    scene.settle();
    assertThat(scene.status.orElseThrow().phase()).as(scene.story()).isEqualTo(Phase.Succeeded);
    assertThat(scene.world.effects.values()).as(scene.story()).allMatch(times -> times == 1);
    scene.apply(any(new Random(seed), "rollback: {requested: true}\n"));
    disturb(scene, random);
    scene.settle();
    assertThat(scene.status.orElseThrow().phase()).as(scene.story()).isEqualTo(Phase.RolledBack);
    assertThat(scene.world.things).as(scene.story()).isEmpty();
    assertThat(scene.world.effects.values()).as(scene.story()).allMatch(times -> times == 1);
  }

  @Property(tries = 100)
  void a_dependant_goes_back_before_what_it_needs(@ForAll long seed) {
    Random random = new Random(seed);
    Scene scene = new Scene().apply(any(random, ""));
    scene.settle();
    scene.apply(any(new Random(seed), "rollback: {requested: true}\n"));
    Graph graph = ((Graph.Good) Graph.of(scene.spec)).graph();
    for (int i = 0; i < 2_000 && scene.status.orElseThrow().phase() != Phase.RolledBack; i++) {
      scene.settle(Duration.ofSeconds(1));
      scene.now = scene.now.plusSeconds(1);
      for (OperationStatus operation : scene.status.orElseThrow().operations()) {
        boolean begun = operation.undo() != null && operation.undo().phase() != null;
        if (begun) {
          assertThat(graph.dag().neededBy(operation.name()))
              .allMatch(n -> scene.operation(n).phase() == OperationPhase.RolledBack);
        }
        assertThat(operation.undo() == null || operation.undo().phase() != UndoPhase.Failed)
            .isTrue();
      }
    }
    assertThat(scene.status.orElseThrow().phase()).isEqualTo(Phase.RolledBack);
  }

  @Property(tries = 50)
  void a_finished_workflow_costs_nothing(@ForAll long seed) {
    Scene scene = new Scene().apply(any(new Random(seed), "")).settle();
    int writes = scene.writes;
    Map<String, Integer> effects = new HashMap<>(scene.world.effects);
    scene.crash();
    scene.now = scene.now.plus(Duration.ofDays(1));
    scene.settle();
    assertThat(scene.writes).isEqualTo(writes);
    assertThat(scene.world.effects).isEqualTo(effects);
  }

  /** {@code acts}: whether it is killed after the effects were started, or before. */
  private static void killedAtEveryStep(Scene scene, boolean acts, Phase end) {
    for (int i = 0; i < 2_000 && phase(scene) != end; i++) {
      int writes = scene.writes;
      scene.pass(acts || i % 2 == 0);
      if (scene.writes > writes) {
        scene.crash();
      }
      scene.now = scene.now.plusSeconds(1);
    }
    assertThat(phase(scene)).isEqualTo(end);
  }

  private static void disturb(Scene scene, Random random) {
    for (int i = 0; i < 30; i++) {
      scene.pass(random.nextInt(4) > 0);
      if (random.nextInt(2) == 0) {
        scene.crash();
      }
      scene.now = scene.now.plusSeconds(random.nextInt(6));
    }
  }

  private static Phase phase(Scene scene) {
    return scene.status.map(s -> s.phase()).orElse(null);
  }

  private static long operationsIn(Scene scene, OperationPhase phase) {
    return scene.status.orElseThrow().operations().stream().filter(o -> o.phase() == phase).count();
  }

  /** Ten machines, on each a service, then a script. */
  private static String thirty(String head) {
    StringBuilder yaml = new StringBuilder(head + "parallelism: 4\noperations:\n");
    IntStream.rangeClosed(1, OPERATIONS / 3)
        .forEach(
            i ->
                yaml.append(
                    """
                    - {name: m%1$d, server: {plan: small}}
                    - {name: s%1$d, dependsOn: [{name: m%1$d}], taskServ: {definition: redis, servers: {names: [m%1$d]}}}
                    - {name: x%1$d, dependsOn: [{name: s%1$d}], script: {servers: {names: [m%1$d]}, run: ok, rollback: undo}}
                    """
                        .formatted(i)));
    return yaml.toString();
  }

  private static String any(Random random, String head) {
    StringBuilder yaml = new StringBuilder();
    String strategy =
        java.util.List.of("DependencyFirst", "Fifo", "Priority").get(random.nextInt(3));
    yaml.append(head)
        .append("strategy: %s\nparallelism: %d\n".formatted(strategy, 1 + random.nextInt(5)))
        .append("operations:\n- {name: o0, server: {}}\n");
    int size = 3 + random.nextInt(12);
    for (int i = 1; i < size; i++) {
      String needs = "{name: o0}";
      int other = random.nextInt(i);
      if (other > 0) {
        needs += ", {name: o%d, type: %s}".formatted(other, random.nextBoolean() ? "Hard" : "Soft");
      }
      yaml.append("- {name: o%d, dependsOn: [%s], %s}\n".formatted(i, needs, what(random)));
    }
    return yaml.toString();
  }

  private static String what(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> "server: {plan: small}";
      case 1 -> "taskServ: {definition: redis, servers: {names: [o0]}}";
      case 2 -> "script: {servers: {names: [o0]}, run: ok, rollback: undo}";
      default -> "wait: {duration: %ds}".formatted(random.nextInt(3));
    };
  }
}
