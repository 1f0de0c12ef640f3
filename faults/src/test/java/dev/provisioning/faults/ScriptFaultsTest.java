package dev.provisioning.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Scripts of a workflow on real machines, the operator killed while they run. */
@Tag("faults")
class ScriptFaultsTest {
  private static final String RUNS = "cat /var/lib/runs 2>/dev/null || true";

  @Test
  void each_script_runs_as_often_as_it_has_to_there_and_back_whoever_is_killed() throws Exception {
    try (Stage stage =
        Site.stage(new ScriptsOnMachines(), Site.launch("scripts", Kills.NONE, ""))) {
      EngineWitness engine = (EngineWitness) stage.witness;
      stage.begin();
      killWhile(stage, engine, "slow");
      stage.untilReady();
      assertThat(runs(engine)).containsExactly("slow", "slow-end", "shaky", "shaky");
      assertThat(told(stage, "attempt")).containsEntry("slow", 1).containsEntry("shaky", 2);
      assertThat(spans(engine)).as("scripts beside each other").isTrue();

      rollBack(stage, "[\"slow\"]");
      killWhile(stage, engine, "back");
      stage.until("slow is taken back", () -> phase(stage).equals("RolledBack"));
      assertThat(runs(engine)).endsWith("shaky", "back", "back-end");
      assertThat(told(stage, "phase"))
          .containsEntry("slow", "RolledBack")
          .containsEntry("shaky", "Succeeded")
          .containsEntry("boxes", "Succeeded");

      rollBack(stage, "[]");
      stage.until("no machine is left", () -> stage.resources.list("Server").isEmpty());
      stage.until("all is taken back", () -> phase(stage).equals("RolledBack"));
      stage.fall();
      engine.afterFall(stage);
    }
  }

  private static List<String> runs(EngineWitness engine) {
    return engine.onMachine("box-01", RUNS).lines().toList();
  }

  /** As soon as the script has begun: kill -9 of whatever operator runs. */
  private static void killWhile(Stage stage, EngineWitness engine, String script) {
    stage.until(
        script + " has begun",
        () -> !stage.resources.list("Server").isEmpty() && runs(engine).contains(script));
    stage.operator.kill();
    assertThat(runs(engine)).as("it is in mid-script").doesNotContain(script + "-end");
  }

  /** Whether one ended before the other began. */
  private static boolean spans(EngineWitness engine) {
    List<Long> one = span(engine, "box-01");
    List<Long> other = span(engine, "box-02");
    return one.getLast() <= other.getFirst() || other.getLast() <= one.getFirst();
  }

  private static List<Long> span(EngineWitness engine, String machine) {
    return engine.onMachine(machine, "cat /var/lib/span").lines().map(Long::valueOf).toList();
  }

  private static void rollBack(Stage stage, String operations) {
    stage.resources.merge(
        "BatchWorkflow",
        "roll-out",
        "{\"spec\":{\"rollback\":{\"requested\":true,\"operations\":%s}}}".formatted(operations));
  }

  private static String phase(Stage stage) {
    return stage.resources.list("BatchWorkflow").getFirst().get("status", "phase");
  }

  private static Map<String, Object> told(Stage stage, String field) {
    GenericKubernetesResource workflow = stage.resources.list("BatchWorkflow").getFirst();
    List<Map<String, Object>> operations = workflow.get("status", "operations");
    Map<String, Object> all = new java.util.TreeMap<>();
    operations.forEach(o -> all.put(o.get("name").toString(), o.get(field)));
    return all;
  }
}
