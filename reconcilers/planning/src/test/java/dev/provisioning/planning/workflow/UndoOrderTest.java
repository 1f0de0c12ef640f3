package dev.provisioning.planning.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.workflow.OperationPhase;
import dev.provisioning.api.workflow.OperationStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

class UndoOrderTest {
  private static final String CHAIN =
      """
      operations:
      - {name: web, server: {plan: small}}
      - {name: db, dependsOn: [{name: web}], taskServ: {definition: postgres}}
      - {name: mail, server: {plan: small}}
      """;

  private final Scene scene = new Scene().apply(CHAIN).settle();
  private final Operations operations = Operations.recorded(scene.input());

  @Test
  void what_something_depends_on_waits_until_that_is_taken_back() {
    assertThat(next(List.of())).containsExactlyInAnyOrder("db", "mail");

    operations.put(operations.get("db").withPhase(OperationPhase.RolledBack));
    assertThat(next(List.of())).containsExactlyInAnyOrder("web", "mail");
  }

  @Test
  void a_choice_takes_with_it_what_depends_on_it_and_nothing_else() {
    assertThat(next(List.of("web"))).containsExactly("db");
    assertThat(next(List.of("mail"))).containsExactly("mail");
  }

  @Test
  void what_still_runs_holds_back_what_it_needs() {
    operations.put(operations.get("db").withPhase(OperationPhase.Running));

    assertThat(next(List.of())).containsExactly("mail");
    assertThat(order(List.of()).busy()).isTrue();
  }

  @Test
  void what_left_the_spec_goes_first() {
    scene.apply(
        """
        operations:
        - {name: web, server: {plan: small}}
        - {name: db, dependsOn: [{name: web}], taskServ: {definition: postgres}}
        """);
    Operations now = Operations.recorded(scene.input());

    assertThat(new UndoOrder(scope(), now, List.of()).next())
        .extracting(OperationStatus::name)
        .containsExactly("mail", "db");
  }

  @Test
  void what_never_began_is_not_taken_back() {
    operations.put(Operations.pending("mail"));

    assertThat(next(List.of())).containsExactly("db");
  }

  private List<String> next(List<String> wanted) {
    return order(wanted).next().stream().map(OperationStatus::name).toList();
  }

  private UndoOrder order(List<String> wanted) {
    return new UndoOrder(scope(), operations, wanted);
  }

  private Scope scope() {
    return Course.of(scene.input()).scope().orElseThrow();
  }
}
