package dev.provisioning.planning.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.planning.workflow.WorkflowAction.ApplyChild;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether what a workflow makes goes with its record. */
class DeletionPolicyTest {
  @ParameterizedTest
  @CsvSource({"Retain, false", ", false", "Delete, true"})
  void what_it_makes_is_owned_only_if_the_workflow_says_so(String policy, boolean owned) {
    String head = policy == null ? "" : "deletionPolicy: " + policy + "\n";
    Scene scene =
        new Scene()
            .apply(
                head
                    + """
                    operations:
                    - {name: web, server: {}}
                    - {name: more, servers: {names: [web-01, web-02], template: {}}}
                    """);
    scene.pass();

    assertThat(scene.plan.front())
        .hasSize(3)
        .allMatch(action -> ((ApplyChild) action).owned() == owned);
  }
}
