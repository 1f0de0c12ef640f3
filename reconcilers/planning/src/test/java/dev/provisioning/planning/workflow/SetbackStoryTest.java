package dev.provisioning.planning.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.workflow.ChildKind;
import dev.provisioning.planning.StoryFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Stories of what went wrong, took too long or cannot be taken back. */
class SetbackStoryTest {
  private static final ChildRef DB = new ChildRef(ChildKind.TaskServ, "db");

  private final Scene scene = new Scene();

  @AfterEach
  void compare(TestInfo info) {
    StoryFile.compare("workflow", info, StoryFile.named(scene.told));
  }

  @Test
  void anUpgradeThatFailsIsRolledBack() {
    scene.world.exists(ChildKind.Server, "web-01");
    scene.world.exists(ChildKind.TaskServ, "db").spec.put("version", "15");
    scene.world.broken.add("db 16");
    scene
        .apply(
            """
            onFailure: Rollback
            operations:
            - {name: dump, script: {servers: {names: [web-01]}, run: dump, rollback: rm}}
            - {name: newer, dependsOn: [{name: dump}], upgrade: {taskServ: db, version: "16"}}
            - {name: app, dependsOn: [{name: newer}], taskServ: {definition: app, servers: {names: [web-01]}}}
            """)
        .settle();
    scene.chapter("what is left");
    show(StatusLines.operations(scene.status.orElseThrow()));
    assertThat(scene.world.things.get(DB).spec).containsEntry("version", "15");
  }

  @Test
  void whatIsDeletedCannotBeTakenBack() {
    String operations =
        """
        operations:
        - {name: moved, taskServ: {definition: postgres, servers: {names: [web-02]}}}
        - {name: seed, dependsOn: [{name: moved}], script: {servers: {names: [web-02]}, run: copy}}
        - {name: old, dependsOn: [{name: seed}], delete: {kind: TaskServ, name: db}}
        """;
    scene.world.exists(ChildKind.Server, "web-02");
    scene.world.exists(ChildKind.TaskServ, "db");
    scene.chapter("only a plan");
    scene.apply("mode: Plan\n" + operations).settle();
    show(StatusLines.plan(scene.status.orElseThrow()));
    scene.chapter("carried out");
    scene.apply(operations).settle();
    scene.chapter("taken back: what cannot be stays as it is");
    scene.apply("rollback: {requested: true}\n" + operations).settle();
    show(StatusLines.operations(scene.status.orElseThrow()));
    assertThat(scene.world.things).doesNotContainKey(DB);
  }

  @Test
  void oneFailsAndWhatDoesNotNeedItGoesOn() {
    String operations =
        """
        onFailure: Continue
        operations:
        - {name: cache, taskServ: {definition: redis, servers: {names: [web-01]}}}
        - {name: app, dependsOn: [{name: cache, type: Soft}], taskServ: {definition: app, servers: {names: [web-01]}}}
        - {name: warm-up, dependsOn: [{name: cache}], script: {servers: {names: [web-01]}, run: warm}}
        - {name: report, dependsOn: [{name: app}, {name: warm-up}], script: {servers: {names: [web-01]}, run: report}}
        """;
    scene.world.exists(ChildKind.Server, "web-01");
    scene.world.stuck.add("cache");
    scene.apply(operations).settle();
    show(StatusLines.operations(scene.status.orElseThrow()));
    scene.chapter("mended, and resumed");
    scene.world.stuck.clear();
    scene.apply("resume: {token: again}\n" + operations).settle();
    show(StatusLines.operations(scene.status.orElseThrow()));
  }

  @Test
  void whatTakesTooLongHasFailed() {
    String operations =
        """
        retry: {maxAttempts: 2}
        operations:
        - {name: web-01, timeout: 6s, server: {plan: 2xCPU-4GB}}
        - {name: smoke, timeout: 30s, dependsOn: [{name: web-01}], script: {servers: {names: [web-01]}, run: ok, rollback: undo}}
        """;
    scene.chapter("the first try is too short, the second finds what it began");
    scene.apply(operations).settle();
    scene.chapter("taken back, but web-01 does not answer any more");
    scene.world.asleep.add("web-01");
    scene.apply("rollback: {requested: true}\n" + operations).settle();
    scene.chapter("it answers again, and a person resumes");
    scene.world.asleep.clear();
    scene.apply("rollback: {requested: true}\nresume: {token: go-on}\n" + operations).settle();
  }

  private void show(Iterable<String> lines) {
    scene.told.add("");
    lines.forEach(line -> scene.told.add("    " + line));
  }
}
