package dev.provisioning.planning.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.planning.server.CrashSimulation.Order;
import dev.provisioning.planning.server.CrashSimulation.Verdict;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Wherever the operator dies and whatever the cloud loses: no second machine, none left behind,
 * nobody stuck. {@code -Dcrash.seed=} runs one life again, {@code -Dcrash.runs=} more of them.
 */
class CrashAnywhereTest {
  private static final int RUNS = Integer.getInteger("crash.runs", 20_000);
  private static final long FIRST_SEED = Long.getLong("crash.seed", 20_260_101L);

  @Test
  void noLifeOfAServerDuplicatesLeaksOrStops() {
    int runs = System.getProperty("crash.seed") == null ? RUNS : 1;
    System.out.printf("crash simulation: %d lives from seed %d%n", runs, FIRST_SEED);
    assertThat(wrong(runs, Order.WRITE_AHEAD)).isEmpty();
  }

  @Test
  void theSameLivesGoWrongWhenTheIntentIsWrittenAfterTheEffect() {
    List<Verdict> wrong = wrong(RUNS, Order.WRITE_AFTER);
    assertThat(wrong.stream().map(v -> v.wrong().orElseThrow().split(":")[0]))
        .as("the simulation can fail")
        .contains("machines alive at once, by incarnation", "leaked");
  }

  private static List<Verdict> wrong(int runs, Order order) {
    return LongStream.range(FIRST_SEED, FIRST_SEED + runs)
        .parallel()
        .mapToObj(seed -> CrashSimulation.run(seed, order))
        .filter(verdict -> verdict.wrong().isPresent())
        .sorted(java.util.Comparator.comparingLong(Verdict::seed))
        .toList();
  }
}
