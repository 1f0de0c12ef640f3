package dev.provisioning.planning.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.workflow.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who runs first, as {@code status.progress.currentOperations} shows it one after the other. */
class ScheduleTest {
  /** Where nothing is said the priority is 50. */
  private static final String FIVE =
      """
      operations:
      - {name: early, server: {}}
      - {name: urgent, priority: 90, server: {}}
      - {name: base, server: {}}
      - {name: top, priority: 50, dependsOn: [{name: base}], server: {}}
      - {name: late, priority: 10, server: {}}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          strategy: Fifo            | 1 | early, urgent, base, top, late
          strategy: DependencyFirst | 1 | base, early, urgent, top, late
                                    | 1 | base, early, urgent, top, late
          strategy: Priority        | 1 | urgent, base, early, top, late
          strategy: Fifo            | 2 | early urgent, base late, top
          strategy: DependencyFirst | 2 | early base, urgent top, late
          strategy: Priority        | 2 | urgent base, early top, late
          """)
  void the_strategy_decides_who_gets_the_places(String strategy, int places, String order) {
    String head = (strategy == null ? "" : strategy + "\n") + "parallelism: " + places + "\n";

    assertThat(seen(new Scene().apply(head + FIVE))).isEqualTo(order);
  }

  private static String seen(Scene scene) {
    List<String> seen = new ArrayList<>();
    do {
      scene.settle(Duration.ZERO);
      String now = String.join(" ", scene.status.orElseThrow().progress().currentOperations());
      if (!now.isEmpty() && !seen.contains(now)) {
        seen.add(now);
      }
      scene.now = scene.now.plusSeconds(1);
    } while (scene.status.orElseThrow().phase() == Phase.Running);
    return String.join(", ", seen);
  }
}
