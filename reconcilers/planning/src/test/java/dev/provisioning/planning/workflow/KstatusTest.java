package dev.provisioning.planning.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.Condition;
import dev.provisioning.api.ConditionStatus;
import dev.provisioning.api.workflow.BatchWorkflowStatus;
import dev.provisioning.planning.Conditions;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Flux and {@code kubectl wait} conclude in every state of a workflow. */
class KstatusTest {
  private static final String ONE = "operations:\n- {name: a, server: {plan: small}}\n";
  private static final String SCRIPT =
      "operations:\n- {name: m, server: {}}\n"
          + "- {name: x, dependsOn: [{name: m}], script: {servers: {names: [m]}, run: ok, rollback: no}}\n";

  record Row(String state, Consumer<Scene> arrange, String kstatus, String reason) {
    @Override
    public String toString() {
      return state;
    }
  }

  static Stream<Row> states() {
    return Stream.of(
        new Row("running", s -> s.apply(ONE).settle(seconds(2)), "InProgress", "Running"),
        new Row("succeeded", s -> s.apply(ONE).settle(), "Current", "Succeeded"),
        new Row(
            "waits for a retry",
            s -> {
              s.world.stuck.add("a");
              s.apply(ONE).settle(Duration.ZERO);
            },
            "InProgress",
            "ProgressingWithRetry"),
        new Row(
            "failed",
            s -> {
              s.world.stuck.add("a");
              s.apply(ONE).settle();
            },
            "Failed",
            "OperationFailed"),
        new Row(
            "a dependency that is not there",
            s ->
                s.apply("operations:\n- {name: a, dependsOn: [{name: bb}], server: {}}\n").settle(),
            "Failed",
            "DependencyUnknown"),
        new Row(
            "planned only", s -> s.apply("mode: Plan\n" + ONE).settle(), "InProgress", "PlanOnly"),
        new Row(
            "approval required",
            s -> {
              s.workspace = new WorkspaceFacts("acme", true, false, OptionalInt.empty());
              s.apply(ONE).settle();
            },
            "InProgress",
            "ApprovalRequired"),
        new Row(
            "suspended", s -> s.apply("suspend: true\n" + ONE).settle(), "InProgress", "Suspended"),
        new Row(
            "cancelled",
            s -> {
              s.apply(ONE).settle(seconds(2));
              s.apply("cancel: true\n" + ONE).settle();
            },
            "Failed",
            "Cancelled"),
        new Row(
            "cancels, while a script runs",
            s -> {
              s.apply(SCRIPT).settle(seconds(11));
              s.apply("cancel: true\n" + SCRIPT).settle(seconds(0));
            },
            "InProgress",
            "Cancelling"),
        new Row(
            "rolling back",
            s -> {
              s.apply(ONE).settle();
              s.apply("rollback: {requested: true}\n" + ONE).settle(seconds(1));
            },
            "InProgress",
            "RollingBack"),
        new Row(
            "rolled back",
            s -> {
              s.apply(ONE).settle();
              s.apply("rollback: {requested: true}\n" + ONE).settle();
            },
            "Failed",
            "RolledBack"),
        new Row(
            "an undo failed",
            s -> {
              s.apply(SCRIPT).settle();
              s.world.failing.add("undo x");
              s.apply("rollback: {requested: true}\n" + SCRIPT).settle();
            },
            "Failed",
            "RollbackFailed"),
        new Row(
            "out of time",
            s -> s.apply("timeout: 5s\n" + ONE).settle(),
            "Failed",
            "OperationFailed"),
        new Row(
            "edited after its end",
            s -> {
              s.apply(ONE).settle();
              s.generation++;
            },
            "InProgress",
            "Succeeded"));
  }

  @ParameterizedTest
  @MethodSource("states")
  void a_state_is_understood_unaided(Row row) {
    Scene scene = new Scene();
    row.arrange().accept(scene);
    BatchWorkflowStatus status = scene.status.orElseThrow();
    assertThat(kstatus(scene.generation, status)).as(scene.story()).isEqualTo(row.kstatus());
    assertThat(scene.condition(Conditions.READY).reason()).isEqualTo(row.reason());
  }

  /** The rules of sigs.k8s.io/cli-utils/pkg/kstatus. */
  private static String kstatus(long generation, BatchWorkflowStatus status) {
    if (status.observedGeneration() < generation) {
      return "InProgress";
    }
    List<Condition> conditions = status.conditions();
    if (holds(conditions, Conditions.RECONCILING)) {
      return "InProgress";
    }
    if (holds(conditions, Conditions.STALLED)) {
      return "Failed";
    }
    return holds(conditions, Conditions.READY) ? "Current" : "InProgress";
  }

  private static boolean holds(List<Condition> conditions, String type) {
    return Conditions.find(conditions, type)
        .filter(c -> c.status() == ConditionStatus.True)
        .isPresent();
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }
}
