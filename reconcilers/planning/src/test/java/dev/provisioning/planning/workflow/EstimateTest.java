package dev.provisioning.planning.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.workflow.WorkflowProgress;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How far it is and when it will be done; a Server takes ten seconds here. */
class EstimateTest {
  private final Scene scene = new Scene();
  private final Instant start = scene.now;

  /** Operations by what they do, and what comes first: {@code b: a} is a Server after Server a. */
  @ParameterizedTest(name = "{0} at a time: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1 | a, b, c, d           | 40
          1 | a, c, b              | 30
          2 | a, b, c, d           | 20
          2 | a, b, c, d, e        | 30
          5 | a, b: a, c: b, d: a  | 30
          """)
  void what_is_left_takes_as_long_as_what_is_done_took_in_as_many_lines_as_may_run(
      int places, String graph, int seconds) {
    scene.apply("parallelism: " + places + "\n" + servers(graph)).settle(Duration.ofSeconds(10));

    assertThat(progress().succeeded()).isPositive();
    assertThat(progress().estimatedCompletion()).isEqualTo(start.plusSeconds(seconds));
    scene.settle();
    assertThat(progress().finishedAt()).isEqualTo(start.plusSeconds(seconds));
    assertThat(progress().estimatedCompletion()).as("nothing is left").isNull();
  }

  @Test
  void nothing_is_told_before_each_type_that_is_left_has_been_seen_once() {
    scene
        .apply(
            """
            parallelism: 1
            operations:
            - {name: a, server: {}}
            - {name: b, dependsOn: [{name: a}], taskServ: {definition: redis}}
            - {name: c, dependsOn: [{name: b}], taskServ: {definition: redis}}
            - {name: d, dependsOn: [{name: c}], server: {}}
            """)
        .settle(Duration.ofSeconds(9));
    assertThat(progress().estimatedCompletion()).as("nothing is done").isNull();
    scene.settle(Duration.ofSeconds(10));
    assertThat(progress().estimatedCompletion()).as("no TaskServ of redis is done").isNull();
    scene.settle(Duration.ofSeconds(10));
    assertThat(progress().estimatedCompletion()).isEqualTo(start.plusSeconds(40));
  }

  @Test
  void a_pause_takes_as_long_as_it_says_and_no_place_of_another() {
    scene
        .apply(
            """
            parallelism: 1
            operations:
            - {name: a, server: {}}
            - {name: b, dependsOn: [{name: a}], server: {}}
            - {name: calm, dependsOn: [{name: b}], wait: {duration: 15s}}
            - {name: d, dependsOn: [{name: b}], server: {}}
            - {name: e, dependsOn: [{name: d}], server: {}}
            """)
        .settle(Duration.ofSeconds(10));

    assertThat(progress().estimatedCompletion()).isEqualTo(start.plusSeconds(40));
    scene.settle();
    assertThat(progress().finishedAt()).isEqualTo(start.plusSeconds(40));
  }

  @Test
  void one_that_is_late_is_expected_at_any_moment_and_what_needs_it_after_it() {
    scene.world.asking.add("late");
    scene
        .apply(
            """
            parallelism: 2
            operations:
            - {name: a, server: {}}
            - {name: b, dependsOn: [{name: a}], server: {}}
            - {name: c, dependsOn: [{name: b}], server: {}}
            - {name: late, server: {}}
            - {name: then, dependsOn: [{name: late}], server: {}}
            """)
        .settle(Duration.ofSeconds(30));

    assertThat(progress().succeeded()).as("a, b and c").isEqualTo(3);
    assertThat(progress().estimatedCompletion()).isEqualTo(start.plusSeconds(40));
  }

  @Test
  void nobody_knows_how_long_a_person_takes() {
    scene
        .apply(
            """
            operations:
            - {name: a, server: {}}
            - {name: b, dependsOn: [{name: a}], approval: {message: "go on?"}}
            """)
        .settle();

    assertThat(progress().succeeded()).isEqualTo(1);
    assertThat(progress().estimatedCompletion()).isNull();
  }

  @Test
  void the_percentage_counts_half_done_operations_by_half() {
    scene.world.slow.add("b2");
    scene.apply(
        """
        operations:
        - {name: a, server: {}}
        - {name: b, servers: {names: [b1, b2], template: {}}}
        - {name: c, dependsOn: [{name: a}, {name: b}], server: {}}
        - {name: d, dependsOn: [{name: c}], server: {}}
        """);

    scene.settle(Duration.ofSeconds(9));
    assertThat(progress().percent()).isZero();
    assertThat(progress().currentOperations()).containsExactly("a", "b");
    scene.settle(Duration.ofSeconds(10));
    assertThat(progress().percent()).as("a, and one machine of two").isEqualTo((100 + 50) / 4);
    assertThat(progress().currentOperations()).containsExactly("b");
    scene.settle();
    assertThat(progress().percent()).isEqualTo(100);
    assertThat(progress().currentOperations()).isEmpty();
    assertThat(progress().done()).isEqualTo("4/4");
  }

  @Test
  void of_many_that_run_the_first_ten_are_named() {
    scene
        .apply("parallelism: 20\n" + servers("a, b, c, d, e, f, g, h, i, j, k, l"))
        .settle(Duration.ZERO);

    assertThat(progress().running()).isEqualTo(12);
    assertThat(progress().currentOperations()).hasSize(10).contains("a", "j");
  }

  private WorkflowProgress progress() {
    return scene.status.orElseThrow().progress();
  }

  private static String servers(String graph) {
    StringBuilder yaml = new StringBuilder("operations:\n");
    for (String each : graph.split(", *")) {
      String[] parts = each.strip().split(": *");
      String needs = parts.length > 1 ? "{name: " + parts[1] + "}" : "";
      yaml.append("- {name: %s, dependsOn: [%s], server: {}}\n".formatted(parts[0], needs));
    }
    return yaml.toString();
  }
}
