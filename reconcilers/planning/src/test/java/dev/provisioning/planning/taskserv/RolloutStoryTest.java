package dev.provisioning.planning.taskserv;

import dev.provisioning.api.taskserv.TaskServDefinitionSpec;
import dev.provisioning.planning.ResourceRef;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How a change reaches the machines, stops, and is taken back. */
class RolloutStoryTest extends Stories {
  @Test
  void rollingUpgradeWithAHealthGate() {
    scene.server("db-01").server("db-02").server("db-03");
    scene.apply("redis", "{servers: {names: [db-01, db-02, db-03]}}");
    scene.settle();
    chapter("8.0, one machine at a time, each healthy for 30 s before the next");
    scene.apply(
        "redis",
        "{version: '8.0', servers: {names: [db-01, db-02, db-03]}, strategy: {healthGate: 30s}}");
    scene.settle();
  }

  @Test
  void canary() {
    scene.server("db-01").server("db-02").server("db-03");
    scene.apply("redis", "{servers: {names: [db-01, db-02, db-03]}}");
    scene.settle();
    chapter("one machine tries it for five minutes");
    scene.apply(
        "redis",
        "{servers: {names: [db-01, db-02, db-03]}, config: {aof: true},"
            + " strategy: {type: Canary, canary: {servers: 1, bake: 5m}}}");
    scene.settle();
  }

  @Test
  void failedUpgradeRolledBack() {
    scene.server("db-01").server("db-02").server("db-03");
    scene.apply("redis", "{servers: {names: [db-01, db-02, db-03]}, onFailure: Rollback}");
    scene.settle();
    chapter("8.0 does not start on db-03");
    scene.machines.get("db-03").failAt = "verify";
    scene.apply(
        "redis",
        "{version: '8.0', config: {aof: true}, servers: {names: [db-01, db-02, db-03]}, onFailure:"
            + " Rollback}");
    // The way back works.
    scene.settle(Duration.ofSeconds(1));
    scene.machines.get("db-03").failAt = "";
    scene.settle();
    chapter("tried again on request");
    scene.annotate("redis", ResourceRef.RECONCILE_REQUESTED_AT, "again");
    scene.settle();
  }

  @Test
  void aDefinitionThatBreaksAServiceIsRolledBack() {
    scene.define("redis").server("db-01").server("db-02");
    scene.apply("redis", "{servers: {names: [db-01, db-02]}, version: '7.0', onFailure: Rollback}");
    scene.settle();
    chapter("the definition changes, and with it a file; the service does not come up");
    TaskServDefinitionSpec good = scene.definitions.get("redis");
    scene.definitions.put(
        "redis",
        good.withFiles(
            good.files().stream().map(f -> f.withTemplate(f.template() + "broken\n")).toList()));
    scene.machines.values().forEach(machine -> machine.failWhenFilesHold = "broken");
    scene.settle();
    chapter("it is mended");
    scene.definitions.put(
        "redis",
        good.withFiles(
            good.files().stream().map(f -> f.withTemplate(f.template() + "mended\n")).toList()));
    scene.settle();
  }

  @Test
  void approval() {
    scene.server("db-01");
    scene.workspace = Scene.workspace("{}", true);
    scene.apply("redis", "{servers: {names: [db-01]}}");
    scene.settle();
    chapter("approved");
    scene.annotate("redis", ResourceRef.APPROVE_PLAN, scene.status("redis").plan().hash());
    scene.settle();
    chapter("a change asks again");
    scene.apply("redis", "{servers: {names: [db-01]}, config: {aof: true}}");
    scene.settle();
  }

  @Test
  void disruptionWaitsForTheMaintenanceWindow() {
    scene.define("redis").server("db-01");
    scene.workspace =
        Scene.workspace(
            "{policy: {maintenanceWindows: [{schedule: '0 2 * * *', duration: 1h}]}}", false);
    chapter("what is not there yet disturbs nobody");
    scene.apply("redis", "{servers: {names: [db-01]}, version: '7.0'}");
    scene.settle(Duration.ofMinutes(30));
    chapter("an upgrade disturbs");
    scene.apply("redis", "{servers: {names: [db-01]}, version: '8.0'}");
    scene.settle(Duration.ofMinutes(30));
    chapter("at night");
    scene.settle(Duration.ofHours(3));
  }

  @Test
  void aWorkspaceLetsOnlySoManyMachinesChangeAtOnce() {
    scene.define("redis").server("db-01").server("db-02").server("db-03");
    scene.workspace = Scene.workspace("{limits: {concurrentOperations: 1}}", false);
    scene.definitions.put(
        "plain",
        Definitions.definition(
            "{versions: [{version: '1.0'}], install: [{name: work, run: 'true'}]}"));
    scene.apply("plain", "{servers: {names: [db-01, db-02, db-03]}}");
    scene.settle();
  }
}
