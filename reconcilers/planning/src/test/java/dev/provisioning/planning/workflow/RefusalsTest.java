package dev.provisioning.planning.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.Condition;
import dev.provisioning.planning.Conditions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Graphs that no schema can refuse: the exact text that people see, and that nothing starts. */
class RefusalsTest {
  /** {@code a: b c} is an operation a that depends on b and c; {@code =s} is about Server s. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a: b, b: a             | operations wait for each other: a -> b -> a; take one of these dependencies away
          c: b, b: a, a: c       | operations wait for each other: a -> c -> b -> a; take one of these dependencies away
          a: b, b: c, c: d, d: b | operations wait for each other: b -> c -> d -> b; take one of these dependencies away
          x, a: x b, b: x a      | operations wait for each other: a -> b -> a; take one of these dependencies away
          build: deplyo, deploy  | operation build depends on deplyo, which is no operation of this workflow; did you mean deploy?
          a: gone                | operation a depends on gone, which is no operation of this workflow
          a =s, b =s             | operations a and b are both about Server s: let one depend on the other
          """)
  void is_refused_in_a_sentence_that_names_the_operations(String graph, String text) {
    StringBuilder yaml = new StringBuilder("operations:\n");
    for (String operation : graph.split(",")) {
      yaml.append(operation(operation.strip()));
    }
    Scene scene = new Scene().apply(yaml.toString()).settle();
    Condition stalled =
        Conditions.find(scene.status.orElseThrow().conditions(), "Stalled").orElseThrow();
    assertThat(stalled.message()).isEqualTo(text);
    assertThat(scene.status.orElseThrow().operations()).allMatch(o -> o.attempt() == null);
  }

  private static String operation(String text) {
    String[] about = text.split(" *= *");
    String[] parts = about[0].split(": *");
    String target = about.length > 1 ? "target: %s, ".formatted(about[1]) : "";
    StringBuilder needs = new StringBuilder();
    for (String need : parts.length > 1 ? parts[1].split(" ") : new String[0]) {
      needs.append("{name: ").append(need).append("}, ");
    }
    return "- {name: %s, %sdependsOn: [%s], server: {}}\n".formatted(parts[0], target, needs);
  }
}
