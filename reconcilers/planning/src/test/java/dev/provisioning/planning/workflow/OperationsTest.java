package dev.provisioning.planning.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.workflow.OperationPhase;
import dev.provisioning.api.workflow.OperationStatus;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OperationsTest {
  private static final String TWO =
      """
      operations:
      - {name: web, server: {plan: small}}
      - {name: db, dependsOn: [{name: web}], taskServ: {definition: postgres}}
      """;

  private static Scene scene() {
    return new Scene().apply(TWO);
  }

  @Test
  void what_was_never_written_is_pending_in_the_order_of_the_spec() {
    Operations operations = Operations.recorded(scene().input());

    assertThat(operations.names()).containsExactly("web", "db");
    assertThat(operations.all())
        .extracting(OperationStatus::phase)
        .containsOnly(OperationPhase.Pending);
    assertThat(operations.begun()).isFalse();
  }

  @Test
  void what_ran_and_left_the_spec_is_still_known_and_comes_last() {
    Scene scene = scene();
    scene.settle();
    scene.apply(
        """
        operations:
        - {name: app, taskServ: {definition: app}}
        """);

    Operations operations = Operations.recorded(scene.input());

    assertThat(operations.names()).containsExactly("app", "db", "web");
    assertThat(operations.in(OperationPhase.Succeeded))
        .extracting(OperationStatus::name)
        .containsExactly("db", "web");
  }

  @Test
  void a_change_of_each_leaves_the_records_as_they_were() {
    Operations before = Operations.recorded(scene().input());

    Operations after = before.each(status -> status.withPhase(OperationPhase.Succeeded));

    assertThat(after.succeeded()).isTrue();
    assertThat(before.any(OperationPhase.Succeeded)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(OperationPhase.class)
  void it_is_over_when_nothing_runs_and_nothing_is_left(OperationPhase phase) {
    Operations operations =
        Operations.recorded(scene().input()).each(status -> status.withPhase(phase));

    List<OperationPhase> open =
        List.of(OperationPhase.Pending, OperationPhase.Ready, OperationPhase.Running);
    assertThat(operations.over()).isEqualTo(!open.contains(phase));
  }
}
