package dev.provisioning.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.provisioning.api.PlannedAction;
import dev.provisioning.api.workflow.BatchWorkflow;
import dev.provisioning.api.workflow.OperationPhase;
import dev.provisioning.api.workflow.Phase;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** samples/workflows, applied as it stands but for its namespace, and carried out. */
@Tag("apiserver")
class SampleWorkflowTest {
  @RegisterExtension final TestOperator operator = TestOperator.inNamespace("sample");

  private final TestWorkflow workflow = new TestWorkflow(operator);

  @Test
  void it_waits_for_a_persons_yes_and_then_succeeds_and_what_is_only_planned_is_shown()
      throws IOException {
    try (InputStream sample = Files.newInputStream(Path.of("../samples/workflows/workflow.yaml"))) {
      operator.client.load(sample).items().stream()
          .filter(each -> !(each instanceof Namespace))
          .forEach(this::apply);
    }
    await().atMost(TestWorkflow.PATIENCE).until(this::asks);
    operator.edit(
        BatchWorkflow.class,
        TestWorkflow.NAME,
        each -> {
          each.getMetadata().getAnnotations().put("approve.provisioning.dev/go-live", "yes");
          return each;
        });
    workflow.awaitPhase(Phase.Succeeded);
    assertThat(new TestServers(operator).all()).hasSize(3);
    await()
        .atMost(TestWorkflow.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(planned("tidy-up"))
                    .singleElement()
                    .satisfies(action -> assertThat(action.destructive()).isTrue())
                    .extracting(PlannedAction::description)
                    .asString()
                    .contains("delete Server web-02"));
  }

  private void apply(HasMetadata each) {
    each.getMetadata().setNamespace(operator.namespace);
    operator.client.resource(each).serverSideApply();
  }

  private boolean asks() {
    BatchWorkflow now = workflow.get();
    return now.getStatus() != null
        && now.getStatus().operations().stream()
            .anyMatch(o -> o.name().equals("go-live") && o.phase() == OperationPhase.Running);
  }

  private List<PlannedAction> planned(String name) {
    BatchWorkflow now = operator.get(BatchWorkflow.class, name);
    return now.getStatus() == null || now.getStatus().plan() == null
        ? List.of()
        : now.getStatus().plan().actions();
  }
}
