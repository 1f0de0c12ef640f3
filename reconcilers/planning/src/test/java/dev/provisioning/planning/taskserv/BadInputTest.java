package dev.provisioning.planning.taskserv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.taskserv.Phase;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What people write wrong into a spec; nothing is half-done, and correcting converges. */
class BadInputTest {
  static Stream<Mistake> specs() {
    return Stream.of(
        Mistake.spec(
            "definition that does not exist",
            "{definition: rediss, servers: {names: [db-01]}}",
            "DefinitionNotFound: there is no TaskServDefinition rediss in this namespace or the operator's; did you mean redis?"),
        Mistake.spec(
            "version that does not exist",
            "{version: '9.0', servers: {names: [db-01]}}",
            "VersionNotFound: definition redis has no version 9.0; it has 6.0, 7.0, 8.0"),
        Mistake.spec(
            "range that no version meets",
            "{version: '>=9 <10', servers: {names: [db-01]}}",
            "VersionNotFound: definition redis has no version >=9 <10; it has 6.0, 7.0, 8.0"),
        Mistake.spec(
            "profile that does not exist",
            "{profile: prod, servers: {names: [db-01]}}",
            "ProfileNotFound: spec.profile: definition redis has no profile prod; it has production"),
        Mistake.spec(
            "unknown key",
            "{config: {maxmemroy: 1gb}, servers: {names: [db-01]}}",
            "ConfigInvalid: spec.config.maxmemroy: unknown key; did you mean maxmemory?"),
        Mistake.spec(
            "key nobody could mean",
            "{config: {colour: red}, servers: {names: [db-01]}}",
            "ConfigInvalid: spec.config.colour: unknown key; known are aof, maxmemory, port"),
        Mistake.spec(
            "wrong type",
            "{config: {aof: sometimes}, servers: {names: [db-01]}}",
            "ConfigInvalid: spec.config.aof: string found, boolean expected"),
        Mistake.spec(
            "wrong form",
            "{config: {maxmemory: lots}, servers: {names: [db-01]}}",
            "ConfigInvalid: spec.config.maxmemory: does not match the regex pattern ^[0-9]+[kmg]b$"),
        Mistake.spec(
            "out of range",
            "{config: {port: 70000}, servers: {names: [db-01]}}",
            "ConfigInvalid: spec.config.port: must have a maximum value of 65535"),
        Mistake.spec(
            "two wrong keys",
            "{config: {aof: 1, port: 0}, servers: {names: [db-01]}}",
            "ConfigInvalid: spec.config.aof: integer found, boolean expected; spec.config.port: must have a minimum value of 1"),
        Mistake.spec(
            "secret written out",
            "{config: {password: hunter2}, servers: {names: [db-01]}}",
            "ConfigInvalid: spec.config.password: is a secret: put it into a Secret and give {secretRef: {name: …, key: …}} here"),
        Mistake.spec(
            "Secret that does not exist",
            "{config: {password: {secretRef: {name: mine, key: pw}}}, servers: {names: [db-01]}}",
            "SecretMissing: Secret mine is missing or has no key pw; create it, then it goes on"),
        Mistake.spec(
            "Server that does not exist",
            "{servers: {names: [db-01, db-09]}}",
            "ServerNotFound: spec.servers.names: there is no Server db-09 in this namespace; it has db-01"),
        Mistake.spec(
            "selector that selects nothing",
            "{servers: {selector: {matchLabels: {role: db}}}}",
            "ServerNotFound: spec.servers selects no Server; there are db-01"),
        Mistake.spec(
            "dependency that does not exist",
            "{dependsOn: [{name: containerd}], servers: {names: [db-01]}}",
            "DependencyMissing: spec.dependsOn names TaskServ containerd, which does not exist in this namespace"),
        Mistake.spec(
            "dependency on itself",
            "{dependsOn: [{name: redis}], servers: {names: [db-01]}}",
            "CycleFound: TaskServs need each other in a circle: redis -> redis; take one of these dependencies away"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("specs")
  void isToldAndNothingIsHalfDone(Mistake mistake) {
    mistake.isToldAndNothingIsHalfDone();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("specs")
  void correctingTheSpecConverges(Mistake mistake) {
    Scene scene = new Scene().define("redis").server("db-01");
    scene.apply("redis", mistake.spec());
    scene.settle(Duration.ofMinutes(5));
    scene.apply("redis", Mistake.GOOD);
    scene.settle();
    assertThat(scene.status("redis").phase()).isEqualTo(Phase.Ready);
  }
}
