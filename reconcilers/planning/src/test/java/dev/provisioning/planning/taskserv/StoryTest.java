package dev.provisioning.planning.taskserv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.planning.ResourceRef;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.HostDrift;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/**
 * Rollouts as stories: {@code src/test/resources/taskserv/stories/*.txt}, one per test, in the
 * order in which people would see it. Run with {@code -Dstories.write=true} after a wanted change,
 * and read the difference.
 */
class StoryTest {
  private static final Path STORIES = Path.of("src/test/resources/taskserv/stories");
  private final Scene scene = new Scene().define("redis");

  private void chapter(String title) {
    scene.told.add("");
    scene.told.add("# " + title);
  }

  @AfterEach
  void compare(TestInfo info) {
    Path file = STORIES.resolve(info.getTestMethod().orElseThrow().getName() + ".txt");
    String story = scene.story().strip() + "\n";
    try {
      if (Boolean.getBoolean("stories.write")) {
        Files.createDirectories(STORIES);
        Files.writeString(file, story);
      }
      assertThat(story).isEqualTo(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void fromNothingToGone() {
    scene.server("db-01").server("db-02");
    chapter("two machines, a primary and its replica");
    scene.apply("redis", "{servers: {names: [db-01, db-02]}}");
    scene.settle();
    chapter("one key changes");
    scene.apply("redis", "{servers: {names: [db-01, db-02]}, config: {aof: true}}");
    scene.settle();
    chapter("db-02 is no longer wanted");
    scene.apply("redis", "{servers: {names: [db-01]}, config: {aof: true}}");
    scene.settle();
    chapter("deleted");
    scene.delete("redis");
    scene.settle();
  }

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
        "{version: '8.0', config: {aof: true}, servers: {names: [db-01, db-02, db-03]}, onFailure: Rollback}");
    // The way back works.
    scene.settle(Duration.ofSeconds(1));
    scene.machines.get("db-03").failAt = "";
    scene.settle();
    chapter("tried again on request");
    scene.annotate("redis", ResourceRef.RECONCILE_REQUESTED_AT, "again");
    scene.settle();
  }

  @Test
  void failedStepRetainedAndRetried() {
    scene.server("db-01");
    scene.machines.get("db-01").failAt = "packages";
    scene.apply("redis", "{servers: {names: [db-01]}}");
    scene.settle(Duration.ofSeconds(20));
    chapter("the mirror is back");
    scene.machines.get("db-01").failAt = "";
    scene.settle();
  }

  @Test
  void healthAndDrift() {
    scene.server("db-01");
    scene.apply("redis", "{servers: {names: [db-01]}}");
    scene.settle();
    chapter("redis stops answering");
    scene.machines.get("db-01").ill.put("ping", "Connection refused");
    scene.settle();
    chapter("and is back");
    scene.machines.get("db-01").ill.clear();
    scene.settle();
    chapter("somebody edits the file");
    scene
        .machines
        .get("db-01")
        .drift
        .add(new HostDrift("file:/etc/redis/redis.conf", "sha256 aaaa", "sha256 bbbb"));
    scene.settle();
    chapter("spec.drift.mode: Correct");
    scene.apply("redis", "{servers: {names: [db-01]}, drift: {mode: Correct}}");
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
  void dependenciesFirstAndDependantsGoFirst() {
    scene.server("db-01");
    scene.define(
        "runc", "{versions: [{version: '1.1', packages: [runc]}], provides: [oci-runtime]}");
    scene.define(
        "containerd",
        "{versions: [{version: '1.7', packages: [containerd]}], requires: [{name: oci-runtime}]}");
    chapter("containerd alone: something is missing");
    scene.apply("containerd", "{servers: {names: [db-01]}}");
    scene.settle(Duration.ofSeconds(1));
    chapter("runc arrives");
    scene.apply("runc", "{servers: {names: [db-01]}}");
    scene.settle();
    chapter("runc cannot go alone");
    scene.delete("runc");
    scene.settle(Duration.ofSeconds(1));
    chapter("both go");
    scene.delete("containerd");
    scene.settle();
  }

  @Test
  void dependenciesInstalled() {
    scene.server("db-01");
    scene.define("runc", "{versions: [{version: '1.1', packages: [runc]}]}");
    scene.define(
        "containerd",
        "{versions: [{version: '1.7', packages: [containerd]}], requires: [{name: runc, version: '>=1.1'}]}");
    scene.apply("containerd", "{servers: {names: [db-01]}, dependencies: Install}");
    scene.settle();
  }

  @Test
  void exportsReachTheOthers() {
    scene.server("cp-1").server("cp-2");
    scene.define(
        "cluster",
        """
        versions: [{version: "1.0"}]
        exports: [{name: joinToken, command: make-token, secret: true}, {name: endpoint, command: print-endpoint}]
        files:
        - path: /etc/cluster.conf
          template: |
            {#if !server.leader}join {exports.endpoint} {exports.joinToken}{/if}
        """);
    scene.machines.get("cp-1").exports.put("endpoint", "https://10.0.0.1:6443");
    scene.apply("cluster", "{servers: {names: [cp-1, cp-2]}}");
    scene.settle();
    scene.told.add(scene.machines.get("cp-2").files.get("/etc/cluster.conf").content().strip());
  }

  @Test
  void machineThatIsNotReady() {
    scene.server("db-01");
    ServerFacts ready = scene.servers.get("db-01");
    scene.servers.put(
        "db-01",
        new ServerFacts(
            ready.name(),
            ready.uid(),
            ready.incarnation(),
            ready.workspace(),
            ready.hostname(),
            ready.labels(),
            ready.addresses(),
            Optional.empty(),
            Optional.of(
                new Failure.Waiting("MachineBooting", "the machine boots", Duration.ofSeconds(5))),
            false,
            false));
    scene.apply("redis", "{servers: {names: [db-01]}}");
    scene.settle(Duration.ofSeconds(1));
    chapter("the machine is up");
    scene.servers.put("db-01", ready);
    scene.settle();
  }
}
