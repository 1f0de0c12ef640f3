package dev.provisioning.planning.taskserv;

import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.MachineFacts;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong around a good spec: machines, definitions, other services, the Workspace. */
class BadSurroundingsTest {
  static Stream<Mistake> worlds() {
    return Stream.of(
        Mistake.world(
            "wrong architecture",
            scene ->
                facts(
                    scene,
                    new MachineFacts("debian", "12", "arm64", "6.1", 2, 2048, 20, true, "m", "b")),
            "PlatformUnsupported: redis does not run on arm64, the architecture of Server db-01; it runs on amd64"),
        Mistake.world(
            "wrong system",
            scene ->
                facts(
                    scene,
                    new MachineFacts("rocky", "9", "amd64", "6.1", 2, 2048, 20, true, "m", "b")),
            "PlatformUnsupported: redis 7.0 does not run on rocky 9, the system of Server db-01; it runs on debian 12"),
        Mistake.world(
            "too little memory",
            scene ->
                facts(
                    scene,
                    new MachineFacts("debian", "12", "amd64", "6.1", 2, 128, 20, true, "m", "b")),
            "ResourcesInsufficient: redis needs 256 MB of memory; Server db-01 has 128"),
        Mistake.world(
            "no systemd",
            scene ->
                facts(
                    scene,
                    new MachineFacts("debian", "12", "amd64", "6.1", 2, 2048, 20, false, "m", "b")),
            "SystemdMissing: redis has systemd units, and Server db-01 does not run systemd"),
        Mistake.world(
            "conflict",
            scene -> {
              scene.define("keydb", "{versions: [{version: '1.0'}], conflicts: [{name: redis}]}");
              scene.apply("keydb", Mistake.GOOD);
              scene.things.get("keydb").released = false;
            },
            "ConflictFound: redis conflicts with TaskServ keydb (keydb) on Server db-01; only one of them can be there"),
        Mistake.world(
            "requirement that nothing meets",
            scene ->
                scene.define(
                    "redis",
                    "{versions: [{version: '1.0'}], requires: [{name: cri, version: '>=1.7'}]}"),
            "DependencyMissing: redis needs cri >=1.7 on db-01, and no TaskServ provides it there; create one, or set spec.dependencies: Install"),
        Mistake.world(
            "requirement in a wrong version",
            scene -> {
              scene.define(
                  "redis",
                  "{versions: [{version: '1.0'}], requires: [{name: runc, version: '>=2'}]}");
              scene.define("runc", "{versions: [{version: '1.1'}]}");
              scene.apply("runc", Mistake.GOOD);
            },
            "DependencyVersion: redis needs runc >=2 on db-01; TaskServ runc has 1.1 there"),
        Mistake.world(
            "circle of three",
            scene -> {
              scene.define("a", "{versions: [{version: '1.0'}]}");
              scene.define("b", "{versions: [{version: '1.0'}]}");
              scene.apply("a", "{servers: {names: [db-01]}, dependsOn: [{name: b}]}");
              scene.apply("b", "{servers: {names: [db-01]}, dependsOn: [{name: redis}]}");
              scene.define("redis", "{versions: [{version: '1.0'}], requires: [{name: a}]}");
            },
            "CycleFound: TaskServs need each other in a circle: a -> b -> redis -> a; take one of these dependencies away"),
        Mistake.world(
            "broken definition",
            scene ->
                scene.define(
                    "redis",
                    "{versions: [{version: '1.0'}], files: [{path: /etc/x, template: '{colour}'}]}"),
            "DefinitionInvalid: TaskServDefinition redis: spec.files[0].template:1: unknown variable {colour}; there are config, dataPolicy, exports, leader, machines, members, others, peers, role, server, services, targets, taskserv, version, workspace"),
        Mistake.world(
            "value without a default in a template",
            scene ->
                scene.define(
                    "redis",
                    "{versions: [{version: '1.0'}], config: {schema: {properties: {user: {type: string}}}}, files: [{path: /etc/x, template: 'run as {config.user}'}]}"),
            "TemplateInvalid: spec.files[0].template:1: unknown variable {config.user}"),
        Mistake.world(
            "wrong value among the Workspace's defaults",
            scene ->
                scene.workspace =
                    Scene.workspace(
                        "{defaults: {taskServs: {redis: {config: {maxmemory: lots}}}}}", false),
            "ConfigInvalid: spec.config.maxmemory: does not match the regex pattern ^[0-9]+[kmg]b$ (from Workspace acme/defaults)"),
        Mistake.world(
            "Workspace's defaults that are no fields",
            scene ->
                scene.workspace =
                    Scene.workspace("{defaults: {taskServs: {redis: {onFailure: Panic}}}}", false),
            "DefaultsInvalid: the Workspace's defaults for this service have a wrong value in onFailure"),
        Mistake.world(
            "machine that is not ready",
            scene ->
                notReady(
                    scene,
                    new Failure.Waiting(
                        "HostUnreachable", "no route to 10.0.0.1:22", Duration.ofSeconds(5))),
            "ServerNotReady: Server db-01 is not ready: no route to 10.0.0.1:22"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("worlds")
  void isToldAndNothingIsHalfDone(Mistake mistake) {
    mistake.isToldAndNothingIsHalfDone();
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
