package dev.provisioning.planning.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.workflow.Phase;
import org.junit.jupiter.api.Test;

/** A thousand operations: one write per front, not per operation. */
class LargeWorkflowTest {
  private static final int LAYERS = 25;
  private static final int WIDTH = 40;

  @Test
  void a_thousand_no_ops_cost_one_write_whatever_their_order() {
    for (String yaml : new String[] {layers("wait: {duration: 0s}"), chain()}) {
      Scene scene = new Scene().apply(yaml);
      scene.settle();
      assertThat(scene.status.orElseThrow().phase()).isEqualTo(Phase.Succeeded);
      assertThat(scene.writes).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void a_thousand_machines_cost_two_writes_per_front() {
    Scene scene = new Scene().apply("parallelism: 40\n" + layers("server: {plan: small}"));
    scene.settle();
    assertThat(scene.status.orElseThrow().phase()).isEqualTo(Phase.Succeeded);
    assertThat(scene.writes).isLessThanOrEqualTo(3 * LAYERS);
  }

  private static String chain() {
    StringBuilder yaml = new StringBuilder("operations:\n");
    for (int i = 0; i < LAYERS * WIDTH; i++) {
      String needs = i == 0 ? "" : "dependsOn: [{name: n%d}], ".formatted(i - 1);
      yaml.append("- {name: n%d, %swait: {duration: 0s}}\n".formatted(i, needs));
    }
    return yaml.toString();
  }

  /** Each operation needs one of the layer before. */
  private static String layers(String what) {
    StringBuilder yaml = new StringBuilder("operations:\n");
    for (int layer = 0; layer < LAYERS; layer++) {
      for (int i = 0; i < WIDTH; i++) {
        String needs = layer == 0 ? "" : "dependsOn: [{name: n%d-%d}], ".formatted(layer - 1, i);
        yaml.append("- {name: n%d-%d, %s%s}\n".formatted(layer, i, needs, what));
      }
    }
    return yaml.toString();
  }
}
