package dev.provisioning.planning.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.Condition;
import dev.provisioning.api.workflow.Phase;
import dev.provisioning.planning.Conditions;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Who answered is known to the API server alone. */
class ApproversTest {
  @Test
  void no_answer_counts_while_anybody_could_have_given_it() {
    Scene scene = new Scene();
    scene.approversHeld = false;
    scene.annotations.put("approve.provisioning.dev/go", "yes");
    String ask = "approval: {message: 'go?', approvers: ['user:anna', 'group:release']}";
    scene.apply("operations:\n- {name: go, %s}\n".formatted(ask)).settle(Duration.ZERO);
    assertThat(Conditions.find(scene.status.orElseThrow().conditions(), "Ready").orElseThrow())
        .extracting(Condition::message)
        .asString()
        .contains(
            "no answer counts yet: nothing makes sure that it comes from user:anna or group:");
    scene.approversHeld = true;
    scene.settle();
    assertThat(scene.status.orElseThrow().phase()).isEqualTo(Phase.Succeeded);
  }
}
