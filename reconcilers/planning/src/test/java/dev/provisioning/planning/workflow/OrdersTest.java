package dev.provisioning.planning.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.workflow.OperationPhase;
import dev.provisioning.api.workflow.Phase;
import java.time.Duration;
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
            "waits for approval: annotate approve.provisioning.dev/go=yes/second or no/second;"
                + " it asks: switch?");
    scene.annotations.put(Marks.APPROVE + "go", "yes/second");
    scene.settle();
    assertThat(scene.operation("web").phase()).isEqualTo(OperationPhase.Succeeded);
  }

  @Test
  void a_workflow_whose_time_is_over_goes_on_with_a_token_and_with_nothing_else() {
    String two = "timeout: 10m\nparallelism: 1\n" + TWO;
    scene.apply(two).settle(Duration.ofSeconds(5));
    scene.workspace = new WorkspaceFacts("acme", false, false, OptionalInt.of(0));
    scene.settle(Duration.ofHours(1));
    scene.now = scene.now.plus(Duration.ofHours(1));
    scene.settle();
    assertThat(scene.status.orElseThrow().phase()).isEqualTo(Phase.Failed);
    assertThat(ready())
        .isEqualTo("it did not come to its end: 1/2 done; a new resume.token goes on");
    assertThat(scene.condition("Ready").reason()).isEqualTo("WorkflowTimedOut");

    scene.workspace = new WorkspaceFacts("acme", false, true, OptionalInt.empty());
    scene.settle();
    scene.workspace = new WorkspaceFacts("acme", false, false, OptionalInt.empty());
    scene.settle();
    assertThat(scene.status.orElseThrow().phase()).isEqualTo(Phase.Failed);
    assertThat(scene.operation("db").attempt()).isNull();

    scene.apply(two + "resume: {token: again}").settle();
    assertThat(scene.status.orElseThrow().phase()).isEqualTo(Phase.Succeeded);
  }

  @Test
  void the_longest_question_hides_nobody_how_to_answer_it() {
    String asks = "operations:\n- {name: go, approval: {message: '%s'}}\n";
    scene.apply(asks.formatted("why ".repeat(127) + "?")).settle();

    assertThat(scene.operation("go").message())
        .startsWith(
            "waits for approval: annotate approve.provisioning.dev/go=yes or no; it asks: why why");
  }

  @Test
  void only_operations_that_there_are_are_kept_of_an_order_to_take_back() {
    scene.apply(TWO).settle();
    scene.apply(TWO + "rollback: {requested: true, operations: [web, webb]}").pass();
    scene.apply(TWO + "rollback: {requested: true, operations: [web, dbb]}").pass();

    assertThat(scene.status.orElseThrow().rollback().operations()).containsExactly("web");
  }

  private String ready() {
    return scene.condition("Ready").message();
  }
}
