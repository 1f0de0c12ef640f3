package dev.provisioning.planning.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.planning.cluster.CrashSimulation.Verdict;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Wherever the operator dies: no machine too many, none left behind, no service lost under way,
 * nobody stuck. {@code -Dcrash.seed=} runs one life again, {@code -Dcrash.runs=5000} more of them.
 */
class CrashAnywhereTest {
  private static final int RUNS = Integer.getInteger("crash.runs", 1_000);
  private static final long FIRST_SEED = Long.getLong("crash.seed", 20_260_101L);

  @Test
  void noLifeOfAClusterDuplicatesLeaksOrStops() {
    int runs = System.getProperty("crash.seed") == null ? RUNS : 1;
    System.out.printf("crash simulation: %d lives from seed %d%n", runs, FIRST_SEED);
    List<Verdict> wrong =
        LongStream.range(FIRST_SEED, FIRST_SEED + runs)
            .parallel()
            .mapToObj(CrashSimulation::run)
            .filter(verdict -> verdict.wrong().isPresent())
            .sorted(Comparator.comparingLong(Verdict::seed))
            .limit(3)
            .toList();
    assertThat(wrong).isEmpty();
  }
}
