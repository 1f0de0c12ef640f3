package dev.provisioning.planning.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.planning.ResourceRef;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of two workflows without places for both, one goes first. */
class RankTest {
  private static final Scene SPECS = new Scene();

  /** Priority, minute of creation, uid. */
  @ParameterizedTest(name = "{0} before {1}")
  @CsvSource({
    "90 5 b, 10 1 a",
    "51 5 b, - 1 a", // where nothing is said it is 50
    "- 5 b, 49 1 a",
    "0 5 b, 0 6 a",
    "- 1 b, - 2 a",
    "50 1 b, - 2 a",
    "70 3 a, 70 3 b", // as two of one file usually are
  })
  void comes_before(String first, String second) {
    assertThat(rank(first).isBefore(rank(second))).isTrue();
    assertThat(rank(second).isBefore(rank(first))).isFalse();
  }

  @ParameterizedTest(name = "{0} earlier than {1}")
  @CsvSource({"10 1 b, 90 5 a", "10 1 a, 90 1 b"})
  void is_earlier_whatever_its_priority(String first, String second) {
    assertThat(rank(first).isEarlier(rank(second))).isTrue();
    assertThat(rank(second).isEarlier(rank(first))).isFalse();
  }

  private static Rank rank(String text) {
    String[] parts = text.split(" ");
    String priority = parts[0].equals("-") ? "" : "priority: " + parts[0] + "\n";
    ResourceRef workflow =
        new ResourceRef(
            "BatchWorkflow",
            "acme",
            "name-of-" + parts[2],
            parts[2],
            1,
            Instant.parse("2026-01-01T00:0" + parts[1] + ":00Z"),
            Optional.empty(),
            Map.of(),
            Map.of());
    return Rank.of(workflow, SPECS.apply(priority + "operations: []").spec);
  }
}
