package dev.provisioning.planning.taskserv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.Condition;
import dev.provisioning.api.taskserv.Phase;
import dev.provisioning.planning.Conditions;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.MachineFacts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What people get wrong, and the words they read; nothing is half-done, and correcting converges.
 */
class BadInputTest {
  private static final String GOOD = "{servers: {names: [db-01]}}";

  record Row(String name, Consumer<Scene> world, String spec, String expected) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Row spec(String name, String spec, String expected) {
    return new Row(name, scene -> {}, spec, expected);
  }

  private static Row world(String name, Consumer<Scene> world, String expected) {
    return new Row(name, world, GOOD, expected);
  }

  static Stream<Row> specs() {
    return Stream.of(
        spec(
            "definition that does not exist",
            "{definition: rediss, servers: {names: [db-01]}}",
            "DefinitionNotFound: there is no TaskServDefinition rediss in this namespace or the operator's; there are redis"),
        spec(
            "version that does not exist",
            "{version: '9.0', servers: {names: [db-01]}}",
            "VersionNotFound: definition redis has no version 9.0; it has 6.0, 7.0, 8.0"),
        spec(
            "range that no version meets",
            "{version: '>=9 <10', servers: {names: [db-01]}}",
            "VersionNotFound: definition redis has no version >=9 <10; it has 6.0, 7.0, 8.0"),
        spec(
            "profile that does not exist",
            "{profile: prod, servers: {names: [db-01]}}",
            "ProfileNotFound: spec.profile: definition redis has no profile prod; it has production"),
        spec(
            "unknown key",
            "{config: {maxmemroy: 1gb}, servers: {names: [db-01]}}",
            "ConfigInvalid: spec.config.maxmemroy: unknown key; did you mean maxmemory?"),
        spec(
            "key nobody could mean",
            "{config: {colour: red}, servers: {names: [db-01]}}",
            "ConfigInvalid: spec.config.colour: unknown key; known are aof, maxmemory, port"),
        spec(
            "wrong type",
            "{config: {aof: sometimes}, servers: {names: [db-01]}}",
            "ConfigInvalid: spec.config.aof: string found, boolean expected"),
        spec(
            "wrong form",
            "{config: {maxmemory: lots}, servers: {names: [db-01]}}",
            "ConfigInvalid: spec.config.maxmemory: does not match the regex pattern ^[0-9]+[kmg]b$"),
        spec(
            "out of range",
            "{config: {port: 70000}, servers: {names: [db-01]}}",
            "ConfigInvalid: spec.config.port: must have a maximum value of 65535"),
        spec(
            "two wrong keys",
            "{config: {aof: 1, port: 0}, servers: {names: [db-01]}}",
            "ConfigInvalid: spec.config.aof: integer found, boolean expected; spec.config.port: must have a minimum value of 1"),
        spec(
            "secret written out",
            "{config: {password: hunter2}, servers: {names: [db-01]}}",
            "ConfigInvalid: spec.config.password: is a secret: put it into a Secret and give {secretRef: {name: …, key: …}} here"),
        spec(
            "Secret that does not exist",
            "{config: {password: {secretRef: {name: mine, key: pw}}}, servers: {names: [db-01]}}",
            "SecretMissing: Secret mine has no key pw; create it"),
        spec(
            "Server that does not exist",
            "{servers: {names: [db-01, db-09]}}",
            "ServerNotFound: spec.servers.names: there is no Server db-09 in this namespace; it has db-01"),
        spec(
            "selector that selects nothing",
            "{servers: {selector: {matchLabels: {role: db}}}}",
            "ServerNotFound: spec.servers selects no Server; there are db-01"),
        spec(
            "dependency that does not exist",
            "{dependsOn: [{name: containerd}], servers: {names: [db-01]}}",
            "DependencyMissing: spec.dependsOn names TaskServ containerd, which does not exist in this namespace"),
        spec(
            "dependency on itself",
            "{dependsOn: [{name: redis}], servers: {names: [db-01]}}",
            "CycleFound: TaskServs need each other in a circle: redis -> redis; take one of these dependencies away"));
  }

  static Stream<Row> worlds() {
    return Stream.of(
        world(
            "wrong architecture",
            scene ->
                facts(
                    scene,
                    new MachineFacts("debian", "12", "arm64", "6.1", 2, 2048, 20, true, "m", "b")),
            "PlatformUnsupported: redis does not run on arm64, the architecture of Server db-01; it runs on amd64"),
        world(
            "wrong system",
            scene ->
                facts(
                    scene,
                    new MachineFacts("rocky", "9", "amd64", "6.1", 2, 2048, 20, true, "m", "b")),
            "PlatformUnsupported: redis 7.0 does not run on rocky 9, the system of Server db-01; it runs on debian 12"),
        world(
            "too little memory",
            scene ->
                facts(
                    scene,
                    new MachineFacts("debian", "12", "amd64", "6.1", 2, 128, 20, true, "m", "b")),
            "ResourcesInsufficient: redis needs 256 MB of memory; Server db-01 has 128"),
        world(
            "no systemd",
            scene ->
                facts(
                    scene,
                    new MachineFacts("debian", "12", "amd64", "6.1", 2, 2048, 20, false, "m", "b")),
            "SystemdMissing: redis has systemd units, and Server db-01 does not run systemd"),
        world(
            "conflict",
            scene -> {
              scene.define("keydb", "{versions: [{version: '1.0'}], conflicts: [{name: redis}]}");
              scene.apply("keydb", GOOD);
              scene.things.get("keydb").released = false;
            },
            "ConflictFound: redis conflicts with TaskServ keydb (keydb) on Server db-01; only one of them can be there"),
        world(
            "requirement that nothing meets",
            scene ->
                scene.define(
                    "redis",
                    "{versions: [{version: '1.0'}], requires: [{name: cri, version: '>=1.7'}]}"),
            "DependencyMissing: redis needs cri >=1.7 on db-01, and no TaskServ provides it there"),
        world(
            "requirement in a wrong version",
            scene -> {
              scene.define(
                  "redis",
                  "{versions: [{version: '1.0'}], requires: [{name: runc, version: '>=2'}]}");
              scene.define("runc", "{versions: [{version: '1.1'}]}");
              scene.apply("runc", GOOD);
            },
            "DependencyVersion: redis needs runc >=2 on db-01; TaskServ runc has 1.1 there"),
        world(
            "circle of three",
            scene -> {
              scene.define("a", "{versions: [{version: '1.0'}]}");
              scene.define("b", "{versions: [{version: '1.0'}]}");
              scene.apply("a", "{servers: {names: [db-01]}, dependsOn: [{name: b}]}");
              scene.apply("b", "{servers: {names: [db-01]}, dependsOn: [{name: redis}]}");
              scene.define("redis", "{versions: [{version: '1.0'}], requires: [{name: a}]}");
            },
            "CycleFound: TaskServs need each other in a circle: a -> b -> redis -> a; take one of these dependencies away"),
        world(
            "broken definition",
            scene ->
                scene.define(
                    "redis",
                    "{versions: [{version: '1.0'}], files: [{path: /etc/x, template: '{colour}'}]}"),
            "DefinitionInvalid: TaskServDefinition redis: spec.files[0].template:1: unknown variable {colour}; there are config, dataPolicy, exports, leader, machines, members, others, peers, role, server, targets, taskserv, version, workspace"),
        world(
            "value without a default in a template",
            scene ->
                scene.define(
                    "redis",
                    "{versions: [{version: '1.0'}], config: {schema: {properties: {user: {type: string}}}}, files: [{path: /etc/x, template: 'run as {config.user}'}]}"),
            "TemplateInvalid: spec.files[0].template:1: unknown variable {config.user}"),
        world(
            "wrong value among the Workspace's defaults",
            scene ->
                scene.workspace =
                    Scene.workspace(
                        "{defaults: {taskServs: {redis: {config: {maxmemory: lots}}}}}", false),
            "ConfigInvalid: spec.config.maxmemory: does not match the regex pattern ^[0-9]+[kmg]b$ (from Workspace acme/defaults)"),
        world(
            "Workspace's defaults that are no fields",
            scene ->
                scene.workspace =
                    Scene.workspace("{defaults: {taskServs: {redis: {onFailure: Panic}}}}", false),
            "DefaultsInvalid: the Workspace's defaults for this service have a wrong value in onFailure"),
        world(
            "machine that is not ready",
            scene ->
                notReady(
                    scene,
                    new Failure.Waiting(
                        "HostUnreachable", "no route to 10.0.0.1:22", Duration.ofSeconds(5))),
            "ServerNotReady: Server db-01 is not ready: no route to 10.0.0.1:22"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"specs", "worlds"})
  void isToldAndNothingIsHalfDone(Row row) {
    Scene scene = new Scene().define("redis").server("db-01");
    row.world().accept(scene);
    scene.apply("redis", row.spec());
    scene.settle(Duration.ofMinutes(5));
    Condition ready = scene.condition("redis", Conditions.READY);
    assertThat(ready.reason() + ": " + ready.message()).isEqualTo(row.expected());
    assertThat(scene.machines.get("db-01").applied("redis")).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("specs")
  void correctingTheSpecConverges(Row row) {
    Scene scene = new Scene().define("redis").server("db-01");
    scene.apply("redis", row.spec());
    scene.settle(Duration.ofMinutes(5));
    scene.apply("redis", GOOD);
    scene.settle();
    assertThat(scene.status("redis").phase()).isEqualTo(Phase.Ready);
  }

  /** Rows about what is already installed. */
  static Stream<Row> changes() {
    return Stream.of(
        spec(
            "downgrade",
            "{version: '6.0', servers: {names: [db-01]}}",
            "DowngradeRefused: redis 7.0 is installed on db-01; its definition does not allow to go down to 6.0"),
        new Row(
            "two steps at once",
            scene -> scene.apply("redis", "{version: '6.0', servers: {names: [db-01]}}"),
            "{version: '8.0', servers: {names: [db-01]}}",
            "UpgradeRefused: redis 6.0 on db-01 cannot become 8.0 in one step: that upgrades from >=7"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("changes")
  void aRefusedChangeTouchesNothing(Row row) {
    Scene scene = new Scene().define("redis").server("db-01");
    scene.apply("redis", GOOD);
    row.world().accept(scene);
    scene.settle();
    scene.apply("redis", row.spec());
    scene.settle();
    Condition ready = scene.condition("redis", Conditions.READY);
    assertThat(ready.reason() + ": " + ready.message()).isEqualTo(row.expected());
    assertThat(scene.machines.get("db-01").operations).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("deletions")
  void aRefusedDeletionTouchesNothing(Row row) {
    Scene scene = new Scene().define("redis").server("db-01");
    scene.apply("redis", row.spec());
    row.world().accept(scene);
    scene.settle();
    int operations = scene.machines.get("db-01").operations;
    scene.delete("redis");
    scene.settle(Duration.ofMinutes(5));
    Condition ready = scene.condition("redis", Conditions.READY);
    assertThat(ready.reason() + ": " + ready.message()).isEqualTo(row.expected());
    assertThat(scene.machines.get("db-01").operations).isEqualTo(operations);
  }

  static List<Row> deletions() {
    return List.of(
        spec(
            "protected",
            "{servers: {names: [db-01]}, deletionProtection: true}",
            "DeletionProtected: deletion protection is on: nothing is uninstalled until spec.deletionProtection is false"),
        world(
            "needed by another",
            scene -> {
              scene.define("app", "{versions: [{version: '1.0'}]}");
              scene.apply("app", "{servers: {names: [db-01]}, dependsOn: [{name: redis}]}");
            },
            "DeletionBlocked: TaskServ app needs redis; delete or change it first"));
  }

  private static void facts(Scene scene, MachineFacts facts) {
    replace(scene, Optional.of(facts), Optional.empty());
  }

  private static void notReady(Scene scene, Failure failure) {
    replace(scene, scene.servers.get("db-01").facts(), Optional.of(failure));
  }

  private static void replace(
      Scene scene, Optional<MachineFacts> facts, Optional<Failure> notReady) {
    ServerFacts old = scene.servers.get("db-01");
    scene.servers.put(
        "db-01",
        new ServerFacts(
            old.name(),
            old.uid(),
            old.incarnation(),
            old.workspace(),
            old.hostname(),
            old.labels(),
            old.addresses(),
            facts,
            notReady,
            false,
            false));
  }
}
