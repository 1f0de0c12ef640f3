package dev.provisioning.planning.taskserv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.taskserv.Phase;
import org.junit.jupiter.api.Test;

/** One service from its first line of YAML to its end. */
class LifeTest {
  private final Scene scene = new Scene().define("redis").server("db-01");

  @Test
  void installsAndIsReadyAndThenDoesNothing() {
    scene.apply("redis", "{servers: {names: [db-01]}}");
    scene.settle();
    assertThat(scene.status("redis").phase()).isEqualTo(Phase.Ready);
    int writes = scene.writes;
    scene.settle();
    assertThat(scene.writes).isEqualTo(writes);
    assertThat(scene.machines.get("db-01").operations).isEqualTo(1);
  }

  @Test
  void anEditOfOneKeyTouchesOneFileAndOneUnit() {
    scene.apply("redis", "{servers: {names: [db-01]}}");
    scene.settle();
    scene.apply("redis", "{servers: {names: [db-01]}, config: {maxmemory: 1gb}}");
    scene.settle();
    assertThat(scene.machines.get("db-01").operations).isEqualTo(2);
    assertThat(scene.machines.get("db-01").restarted).containsExactly("redis-server.service");
    assertThat(scene.machines.get("db-01").files.get("/etc/redis/redis.conf").content())
        .contains("maxmemory 1gb")
        .contains("requirepass @@provisioning-secret:password@@");
  }

  @Test
  void uninstallsAndIsGone() {
    scene.apply("redis", "{servers: {names: [db-01]}}");
    scene.settle();
    scene.delete("redis");
    scene.settle();
    assertThat(scene.things).isEmpty();
    assertThat(scene.machines.get("db-01").applied("redis")).isEmpty();
  }
}
