package dev.provisioning.planning.taskserv;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is refused to a service that is installed already, and touches nothing. */
class RefusedChangeTest {
  static Stream<Mistake> changes() {
    return Stream.of(
        Mistake.spec(
            "downgrade",
            "{version: '6.0', servers: {names: [db-01]}}",
            "DowngradeRefused: redis 7.0 is installed on db-01; its definition does not allow to go down to 6.0: ask for 7.0 or later"),
        new Mistake(
            "two steps at once",
            scene -> scene.apply("redis", "{version: '6.0', servers: {names: [db-01]}}"),
            "{version: '8.0', servers: {names: [db-01]}}",
            "UpgradeRefused: redis 6.0 on db-01 cannot become 8.0 in one step: that upgrades from >=7"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("changes")
  void aRefusedChangeTouchesNothing(Mistake mistake) {
    Scene scene = new Scene().define("redis").server("db-01");
    scene.apply("redis", Mistake.GOOD);
    mistake.world().accept(scene);
    scene.settle();
    scene.apply("redis", mistake.spec());
    scene.settle();
    mistake.isTold(scene);
    assertThat(scene.machines.get("db-01").operations).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("deletions")
  void aRefusedDeletionTouchesNothing(Mistake mistake) {
    Scene scene = new Scene().define("redis").server("db-01");
    scene.apply("redis", mistake.spec());
    mistake.world().accept(scene);
    scene.settle();
    int operations = scene.machines.get("db-01").operations;
    scene.delete("redis");
    scene.settle(Duration.ofMinutes(5));
    mistake.isTold(scene);
    assertThat(scene.machines.get("db-01").operations).isEqualTo(operations);
  }

  static List<Mistake> deletions() {
    return List.of(
        Mistake.spec(
            "protected",
            "{servers: {names: [db-01]}, deletionProtection: true}",
            "DeletionProtected: deletion protection is on: nothing is uninstalled until spec.deletionProtection is false"),
        Mistake.world(
            "needed by another",
            scene -> {
              scene.define("app", "{versions: [{version: '1.0'}]}");
              scene.apply("app", "{servers: {names: [db-01]}, dependsOn: [{name: redis}]}");
            },
            "DeletionBlocked: TaskServ app needs redis; delete or change it first"));
  }
}
