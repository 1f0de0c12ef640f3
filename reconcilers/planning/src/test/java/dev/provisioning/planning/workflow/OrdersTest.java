package dev.provisioning.planning.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.workflow.OperationPhase;
import dev.provisioning.api.workflow.Phase;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What people order is done, or said why not. */
class OrdersTest {
  private static final String TWO =
      """
      operations:
      - {name: web, server: {plan: small}}
      - {name: db, server: {plan: small}}
      """;

  private final Scene scene = new Scene();

  @Test
  void a_resume_of_what_is_still_cancelled_waits_for_the_end_of_the_order_to_cancel() {
    scene.apply(TWO + "cancel: true").settle();
    assertThat(ready()).endsWith("cancel: false and a new resume.token goes on");

    scene.apply(TWO + "cancel: true\nresume: {token: again}").settle();
    assertThat(scene.status.orElseThrow().phase()).isEqualTo(Phase.Cancelled);
    scene.apply(TWO + "resume: {token: again}").settle();

    assertThat(scene.status.orElseThrow().phase()).isEqualTo(Phase.Succeeded);
  }

  @Test
  void taking_the_order_to_cancel_out_of_the_spec_alone_resumes_nothing_and_fails_nothing() {
    scene.apply(TWO + "cancel: true").settle();

    scene.apply(TWO).settle();

    assertThat(scene.status.orElseThrow().phase()).isEqualTo(Phase.Cancelled);
    assertThat(ready()).endsWith("when it was cancelled; a new resume.token goes on");
  }

  @Test
  void the_order_to_take_back_all_widens_one_that_is_under_way() {
    scene.apply(TWO).settle();
    scene.apply(TWO + "rollback: {requested: true, operations: [web]}").pass();
    assertThat(scene.status.orElseThrow().phase()).isEqualTo(Phase.RollingBack);

    scene.apply(TWO + "rollback: {requested: true}").settle();

    assertThat(scene.status.orElseThrow().phase()).isEqualTo(Phase.RolledBack);
    assertThat(scene.world.things).isEmpty();
  }

  @Test
  void who_suspended_it_is_said() {
    scene.workspace = new WorkspaceFacts("acme", false, true, OptionalInt.empty());
    scene.apply(TWO).settle();

    assertThat(ready())
        .isEqualTo("spec.suspend of Workspace acme is true: nothing starts until it is false");
  }

  @Test
  void an_answer_of_before_is_no_answer_to_the_question_that_a_resume_asks_again() {
    String asks =
        """
        operations:
        - {name: go, approval: {message: "switch?"}}
        - {name: web, dependsOn: [{name: go}], server: {plan: small}}
        """;
    scene.annotations.put(Marks.APPROVE + "go", "yes");
    scene.apply(asks).settle();
    scene.apply(asks + "rollback: {requested: true}").settle();

    scene.apply(asks + "resume: {token: second}").settle();

    assertThat(scene.operation("go").message())
        .isEqualTo(
            "waits for approval: switch?; annotate approve.provisioning.dev/go=yes/second or"
                + " no/second");
    scene.annotations.put(Marks.APPROVE + "go", "yes/second");
    scene.settle();
    assertThat(scene.operation("web").phase()).isEqualTo(OperationPhase.Succeeded);
  }

  private String ready() {
    return scene.condition("Ready").message();
  }
}
