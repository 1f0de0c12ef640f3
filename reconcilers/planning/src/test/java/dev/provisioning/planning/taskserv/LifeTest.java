package dev.provisioning.planning.taskserv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.ConditionStatus;
import dev.provisioning.api.FailedAction;
import dev.provisioning.api.taskserv.OpenPort;
import dev.provisioning.api.taskserv.Phase;
import java.util.List;
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
  void aNewerVersionThatTheMachineCannotTakeIsNoUpdate() {
    scene.define(
        "web",
        """
        category: Networking
        description: pages
        versions:
        - {version: "1.22", default: true, packages: [nginx], supports: [{os: debian, versions: ["12"]}]}
        - {version: "1.26", default: true, packages: [nginx], supports: [{os: debian, versions: ["13"]}]}
        """);
    scene.apply("web", "{servers: {names: [db-01]}}");
    scene.settle();
    assertThat(scene.status("web").installedVersion()).isEqualTo("1.22");
    assertThat(scene.status("web").availableVersion()).isEqualTo("1.22");
    assertThat(scene.status("web").updateAvailable()).isFalse();
  }

  @Test
  void whatFailedOnAMachineThatHasGoneIsForgotten() {
    scene.apply("redis", "{servers: {names: [db-01]}}");
    scene.settle();
    Scene.Thing redis = scene.things.get("redis");
    FailedAction failed =
        new FailedAction("op/db-02", 1, "CircuitOpen", "no answer", scene.now, scene.now, null);
    redis.status = redis.status.map(s -> s.with(b -> b.failures(List.of(failed))));
    scene.pass("redis");
    assertThat(scene.status("redis").failures()).isEmpty();
    assertThat(scene.condition("redis", "Ready").status()).isEqualTo(ConditionStatus.True);
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

  @Test
  void portsClashWhereTheConfigurationsPutThem() {
    String definition =
        "{versions: [{version: '1.0'}], ports: [{name: http, port: 80, from: port}],"
            + " config: {schema: {type: object, properties: {port: {type: integer, default: 80}}}},"
            + " install: [{name: work, run: 'true'}]}";
    scene.server("web-01").define("one", definition).define("two", definition);
    scene.apply("one", "{servers: {names: [web-01]}, config: {port: 81}}");
    scene.apply("two", "{servers: {names: [web-01]}}");
    scene.settle();
    assertThat(scene.status("one").ports())
        .containsExactly(new OpenPort("http", List.of(81), null, null));
    assertThat(scene.status("two").warnings()).isEmpty();
    scene.apply("two", "{servers: {names: [web-01]}, config: {port: 81}}");
    scene.settle();
    assertThat(scene.status("two").warnings())
        .containsExactly(
            "TaskServ one (one) usually listens on port 81/tcp of web-01 too: give one of them"
                + " another");
  }

  @Test
  void aPortThatIsSwitchedOffClashesWithNobody() {
    String definition =
        "{versions: [{version: '1.0'}],"
            + " ports: [{name: http, port: 80, from: port}, {name: metrics, port: 9187, when: metrics}],"
            + " config: {schema: {type: object, properties:"
            + " {port: {type: integer, default: 80}, metrics: {type: boolean, default: true}}}},"
            + " install: [{name: work, run: 'true'}]}";
    scene.server("web-01").define("one", definition).define("two", definition);
    scene.apply("one", "{servers: {names: [web-01]}}");
    scene.apply("two", "{servers: {names: [web-01]}, config: {port: 81, metrics: false}}");
    scene.settle();
    assertThat(scene.status("one").warnings()).isEmpty();
    assertThat(scene.status("two").warnings()).isEmpty();
    scene.apply("two", "{servers: {names: [web-01]}, config: {port: 81}}");
    scene.settle();
    assertThat(scene.status("two").warnings())
        .containsExactly(
            "TaskServ one (one) usually listens on port 9187/tcp of web-01 too: give one of them"
                + " another");
  }

  @Test
  void aPortThatIsPlannedIsNotOpenYet() {
    scene
        .server("web-01")
        .define(
            "one",
            "{versions: [{version: '1.0'}], ports: [{name: http, port: 80, from: port}],"
                + " config: {schema: {type: object, properties: {port: {type: integer}}}},"
                + " install: [{name: work, run: 'true'}],"
                + " files: [{path: /etc/one, template: '{config.port}'}]}");
    scene.apply("one", "{servers: {names: [web-01]}, config: {port: 81}}");
    scene.settle();
    scene.apply("one", "{servers: {names: [web-01]}, config: {port: 82}, mode: Plan}");
    scene.settle();
    assertThat(scene.status("one").ports())
        .containsExactly(new OpenPort("http", List.of(81), null, null));
    scene.apply("one", "{servers: {names: [web-01]}, config: {port: 82}}");
    scene.settle();
    assertThat(scene.status("one").ports())
        .containsExactly(new OpenPort("http", List.of(82), null, null));
  }
}
