package dev.provisioning.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.faults.Kills.Point;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.opentest4j.TestAbortedException;

/** Kills the operator at every failpoint of every scenario; the end must be the same. */
@Tag("faults")
@Execution(ExecutionMode.CONCURRENT)
class CrashTest {
  private static final List<Scenario> SCENARIOS =
      List.of(
          new TwoServers(),
          new OneCluster(),
          new ThirtyOperations(),
          new OneService(),
          new OneStack());
  private static final boolean ALL = System.getProperty("faults.set", "pruned").equals("all");

  /** Few are soon told apart when one of them is the culprit; hundreds have to be paid for. */
  private static final int KILLS_TO_A_RUN = ALL ? 8 : 4;

  private static final String PLAN = System.getProperty("faults.plan", "");
  private static final long SEED = Long.getLong("faults.seed", System.nanoTime() % 100_000);

  @TestFactory
  Stream<DynamicTest> killed_at_any_failpoint_it_ends_as_if_nothing_had_happened() {
    String wanted = System.getProperty("faults.scenario", "");
    return SCENARIOS.stream()
        .filter(s -> wanted.isBlank() || s.name().equals(wanted))
        .flatMap(CrashTest::runs);
  }

  /** The end of the undisturbed run, and what it reached. */
  private record Undisturbed(Map<String, String> end, Recording recording) {}

  private static Stream<DynamicTest> runs(Scenario scenario) {
    Undisturbed undisturbed = record(scenario);
    Recording recording = undisturbed.recording();
    if (!PLAN.isBlank()) {
      Kills kills = Kills.parse(PLAN);
      return Stream.of(
          test(scenario, kills, () -> assertThat(told(scenario, kills, undisturbed)).isPositive()));
    }
    List<Point> points = ALL ? recording.all() : scenario.pruned(recording);
    List<Kills> pairs = ALL ? recording.pairs(SEED) : List.of();
    System.out.printf(
        "%s: %d failpoints reached, killed at %d and %d pairs, seed %d%n",
        scenario.name(), recording.points().size(), points.size(), pairs.size(), SEED);
    return Stream.concat(
        recording.chains(points, KILLS_TO_A_RUN).stream()
            .map(
                chain ->
                    test(
                        scenario,
                        recording.kills(chain),
                        () -> killedAtEach(scenario, chain, undisturbed))),
        pairs.stream()
            .map(pair -> test(scenario, pair, () -> killedTwice(scenario, pair, undisturbed))));
  }

  private static DynamicTest test(Scenario scenario, Kills kills, Executable executable) {
    return DynamicTest.dynamicTest(scenario.name() + " " + kills, executable);
  }

  /**
   * Beside each other, effects come in another order each time: what one did before it was killed,
   * its successor need not do. Where the chain ends for that reason, another run goes on.
   */
  private static void killedAtEach(Scenario scenario, List<Point> chain, Undisturbed undisturbed) {
    List<Point> left = chain;
    List<Point> unreached = new ArrayList<>();
    while (!left.isEmpty()) {
      int killed = told(scenario, undisturbed.recording().kills(left), undisturbed);
      if (killed == 0) {
        unreached.add(left.getFirst());
      }
      left = left.subList(Math.max(killed, 1), left.size());
    }
    assertThat(unreached).as("never reached").noneMatch(point -> point.occurrence() == 1);
    if (!unreached.isEmpty()) {
      throw notReached(unreached);
    }
  }

  /** The second point is one of recovery, which need not pass there; the first was recorded. */
  private static void killedTwice(Scenario scenario, Kills pair, Undisturbed undisturbed) {
    if (told(scenario, pair, undisturbed) == 0) {
      throw notReached(pair.points());
    }
  }

  private static TestAbortedException notReached(List<Point> points) {
    return new TestAbortedException("this time %s were not reached".formatted(points));
  }

  private static Undisturbed record(Scenario scenario) {
    try (Stage stage = stage(scenario, Kills.NONE)) {
      stage.rise();
      Map<String, String> end = stage.resources.summary(stage.kinds());
      new Oracle(stage).afterRise(end);
      if (ALL) {
        new Oracle(stage).longStable();
      }
      stage.fall();
      Recording recording = Recording.read(stage.operator.trace());
      new Oracle(stage).afterFall(recording);
      return new Undisturbed(end, recording);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Stage stage(Scenario scenario, Kills kills) throws IOException {
    String name = kills.points().isEmpty() ? "undisturbed" : kills.toString().replace('/', '.');
    return Site.stage(scenario, Site.launch(scenario.name() + "/" + name, kills, ""));
  }

  private static int told(Scenario scenario, Kills kills, Undisturbed undisturbed) {
    try {
      return run(scenario, kills, undisturbed);
    } catch (IOException | RuntimeException | AssertionError e) {
      throw new AssertionError(
          """
          scenario %s, killed at %s, seed %d: %s
          again: ./dev faults --scenario %s --plan '%s'; logs: %s\
          """
              .formatted(
                  scenario.name(),
                  kills,
                  SEED,
                  e.getMessage(),
                  scenario.name(),
                  kills,
                  Site.LOGS.resolve(scenario.name())),
          e);
    }
  }

  /** Returns at how many of these points, from the first on, an operator was killed. */
  private static int run(Scenario scenario, Kills kills, Undisturbed undisturbed)
      throws IOException {
    try (Stage stage = stage(scenario, kills)) {
      stage.rise();
      new Oracle(stage).afterRise(undisturbed.end());
      stage.fall();
      int killed = stage.killed(kills);
      new Oracle(stage).afterFall(undisturbed.recording());
      return killed;
    }
  }
}
