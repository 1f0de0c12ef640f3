package dev.provisioning.planning.taskserv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.Condition;
import dev.provisioning.api.ConditionStatus;
import dev.provisioning.api.taskserv.TaskServStatus;
import dev.provisioning.planning.Conditions;
import dev.provisioning.spi.model.HostDrift;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Flux and {@code kubectl wait} conclude in every state of a TaskServ. */
class KstatusTest {
  record Row(String state, Consumer<Scene> arrange, String kstatus, String reason) {
    @Override
    public String toString() {
      return state;
    }
  }

  static Stream<Row> states() {
    String good = "{servers: {names: [db-01]}}";
    return Stream.of(
        new Row(
            "secrets are made", s -> passes(s, good, 1), "InProgress", "GenerateSecretsPlanned"),
        new Row("installing", s -> passes(s, good, 2), "InProgress", "Installing"),
        new Row("installed", s -> settle(s, good), "Current", "Running"),
        new Row(
            "edited, not seen yet",
            s -> {
              settle(s, good);
              s.apply("redis", good);
            },
            "InProgress",
            "Running"),
        new Row(
            "configuring",
            s -> {
              settle(s, good);
              passes(s, "{servers: {names: [db-01]}, config: {aof: true}}", 1);
            },
            "InProgress",
            "Configuring"),
        new Row(
            "invalid",
            s -> settle(s, "{servers: {names: [db-01]}, config: {x: 1}}"),
            "Failed",
            "ConfigInvalid"),
        new Row(
            "waits for a definition",
            s -> settle(s, "{definition: x, servers: {names: [db-01]}}"),
            "InProgress",
            "DefinitionNotFound"),
        new Row(
            "waits for a Server",
            s -> settle(s, "{servers: {names: [db-02]}}"),
            "InProgress",
            "ServerNotFound"),
        new Row(
            "step fails",
            s -> {
              s.machines.get("db-01").failAt = "packages";
              s.apply("redis", good);
              s.settle(Duration.ofSeconds(20));
            },
            "InProgress",
            "StepFailed"),
        new Row(
            "unhealthy",
            s -> {
              settle(s, good);
              s.machines.get("db-01").ill.put("ping", "refused");
              s.settle();
            },
            "Failed",
            "Unhealthy"),
        new Row(
            "drift reported",
            s -> {
              settle(s, good);
              s.machines.get("db-01").drift.add(new HostDrift("file:/x", "a", "b"));
              s.settle();
            },
            "Current",
            "Running"),
        new Row(
            "approval awaited",
            s -> {
              s.workspace = Scene.workspace("{}", true);
              settle(s, good);
            },
            "InProgress",
            "ApprovalRequired"),
        new Row(
            "plan only",
            s -> settle(s, "{mode: Plan, servers: {names: [db-01]}}"),
            "InProgress",
            "PlanOnly"),
        new Row(
            "plan only, nothing to do",
            s -> {
              settle(s, good);
              settle(s, "{mode: Plan, servers: {names: [db-01]}}");
            },
            "Current",
            "Running"),
        new Row(
            "suspended with work to do",
            s -> settle(s, "{suspend: true, servers: {names: [db-01]}}"),
            "InProgress",
            "Suspended"),
        new Row(
            "suspended, nothing to do",
            s -> {
              settle(s, good);
              settle(s, "{suspend: true, servers: {names: [db-01]}}");
            },
            "Current",
            "Running"),
        new Row(
            "rolled back",
            s -> {
              settle(s, "{servers: {names: [db-01]}, onFailure: Rollback}");
              s.machines.get("db-01").failAt = "start";
              s.machines.get("db-01").failOnlyFor = "8.0";
              settle(s, "{version: '8.0', servers: {names: [db-01]}, onFailure: Rollback}");
            },
            "Failed",
            "RolledBack"),
        new Row(
            "uninstalling",
            s -> {
              settle(s, good);
              s.delete("redis");
              s.pass("redis");
            },
            "Terminating",
            "Uninstalling"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("states")
  void everyStateIsUnderstood(Row row) {
    Scene scene = new Scene().define("redis").server("db-01");
    row.arrange().accept(scene);
    TaskServStatus status = scene.status("redis");
    assertThat(kstatus(scene)).as(scene.chronicle.toString()).isEqualTo(row.kstatus());
    assertThat(scene.condition("redis", Conditions.READY).reason()).isEqualTo(row.reason());
    assertThat(status.conditions()).extracting(Condition::type).doesNotHaveDuplicates();
    assertThat(status.conditions())
        .filteredOn(c -> List.of(Conditions.RECONCILING, Conditions.STALLED).contains(c.type()))
        .allMatch(c -> c.status() == ConditionStatus.True)
        .hasSizeLessThanOrEqualTo(1);
    assertThat(status.conditions()).hasSizeLessThanOrEqualTo(7);
  }

  /** As in kstatus' generic reader. */
  private static String kstatus(Scene scene) {
    TaskServStatus status = scene.status("redis");
    var ref = scene.things.get("redis").ref;
    if (ref.deleting()) {
      return "Terminating";
    }
    if (status.observedGeneration() != ref.generation()) {
      return "InProgress";
    }
    if (Conditions.find(status.conditions(), Conditions.RECONCILING).isPresent()) {
      return "InProgress";
    }
    if (Conditions.find(status.conditions(), Conditions.STALLED).isPresent()) {
      return "Failed";
    }
    boolean ready = scene.condition("redis", Conditions.READY).status() == ConditionStatus.True;
    return ready ? "Current" : "InProgress";
  }

  private static void settle(Scene scene, String spec) {
    scene.apply("redis", spec);
    scene.settle(Duration.ofMinutes(5));
  }

  private static void passes(Scene scene, String spec, int count) {
    scene.apply("redis", spec);
    for (int i = 0; i < count; i++) {
      scene.pass("redis");
    }
  }
}
