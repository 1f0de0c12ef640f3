package dev.provisioning.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
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
    String plan = System.getProperty("faults.plan", "");
    List<Kills> plans =
        !plan.isBlank()
            ? List.of(Kills.parse(plan))
            : ALL ? undisturbed.recording().all(SEED) : scenario.pruned(undisturbed.recording());
    System.out.printf(
        "%s: %d failpoints reached, %d runs, seed %d%n",
        scenario.name(), undisturbed.recording().points().size(), plans.size(), SEED);
    return plans.stream()
        .map(
            kills ->
                DynamicTest.dynamicTest(
                    scenario.name() + " " + kills, () -> told(scenario, kills, undisturbed)));
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

  private static void told(Scenario scenario, Kills kills, Undisturbed undisturbed) {
    try {
      run(scenario, kills, undisturbed);
    } catch (IOException | RuntimeException | AssertionError e) {
      if (e instanceof TestAbortedException aborted) {
        throw aborted;
      }
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

  private static void run(Scenario scenario, Kills kills, Undisturbed undisturbed)
      throws IOException {
    try (Stage stage = stage(scenario, kills)) {
      stage.rise();
      new Oracle(stage).afterRise(undisturbed.end());
      stage.fall();
      Kills.Point first = kills.points().getFirst();
      boolean killed = stage.killedAt(first);
      new Oracle(stage).afterFall(undisturbed.recording());
      if (!killed) {
        assertThat(first.occurrence()).as(first + " was never reached").isGreaterThan(1);
        throw new TestAbortedException("this time " + first + " was not reached");
      }
    }
  }
}
