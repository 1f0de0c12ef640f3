package dev.provisioning.planning.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class DagTest {
  private static final Map<String, List<String>> WEB =
      Map.of(
          "db", List.of("os"),
          "cache", List.of("os"),
          "app", List.of("db", "cache"),
          "proxy", List.of("app"),
          "os", List.of());

  @Test
  void everyNodeComesAfterWhatItNeeds() {
    assertThat(Dag.of(WEB).order()).containsExactly("os", "cache", "db", "app", "proxy");
  }

  @Test
  void theReverseUndoesInTheOppositeDirection() {
    assertThat(Dag.of(WEB).reverse().order()).containsExactly("proxy", "app", "cache", "db", "os");
  }

  @Test
  void aCycleIsRefusedWithItsMembersInOrder() {
    assertThatThrownBy(
            () ->
                Dag.of(
                    Map.of(
                        "d", List.of("b"),
                        "c", List.of("a"),
                        "b", List.of("c"),
                        "a", List.of("b"),
                        "free", List.of())))
        .isInstanceOf(Dag.CycleFound.class)
        .hasMessage("a -> b -> c -> a");
  }

  @Test
  void aNodeThatNeedsItselfIsACycle() {
    assertThatThrownBy(() -> Dag.of(Map.of("a", List.of("a")))).hasMessage("a -> a");
  }

  @Test
  void readyIsWhatHasAllItsNeedsTheLongestChainFirst() {
    Dag dag =
        Dag.of(
            Map.of(
                "short", List.of(),
                "long", List.of(),
                "middle", List.of("long"),
                "end", List.of("middle", "short")));
    assertThat(dag.ready(Set.of(), Set.of())).containsExactly("long", "short");
    assertThat(dag.ready(Set.of("long"), Set.of("short"))).containsExactly("middle");
    assertThat(dag.ready(Set.of("long", "middle"), Set.of("short"))).isEmpty();
  }

  @Test
  void dependantsOfAChosenNodeAreIncluded() {
    assertThat(Dag.of(WEB).withDependants(List.of("db"))).containsOnly("db", "app", "proxy");
    assertThat(Dag.of(WEB).withNeeds(List.of("db"))).containsOnly("db", "os");
  }

  @Test
  void tenThousandNodesAreOrderedInATenthOfASecond() {
    Map<String, List<String>> needs = new LinkedHashMap<>();
    Random random = new Random(7);
    for (int i = 0; i < 10_000; i++) {
      List<String> wanted = new ArrayList<>();
      for (int j = 0; j < 3 && i > 0; j++) {
        wanted.add("n" + random.nextInt(i));
      }
      needs.put("n" + i, wanted);
    }
    // Processor time: what others do on the machine does not count.
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 20; i++) {
      long start = threads.getCurrentThreadCpuTime();
      Dag.of(needs).ready(Set.of(), Set.of());
      best = Math.min(best, threads.getCurrentThreadCpuTime() - start);
    }
    assertThat(Duration.ofNanos(best)).isLessThan(Duration.ofMillis(100));
  }

  /** Runs whatever is ready until nothing is left, over random graphs. */
  @Property(tries = 200)
  void runningWhatIsReadyReachesTheEndInAValidOrder(@ForAll long seed) {
    Random random = new Random(seed);
    int size = 1 + random.nextInt(30);
    Map<String, Set<String>> needs = new HashMap<>();
    for (int i = 0; i < size; i++) {
      Set<String> wanted = new HashSet<>();
      for (int j = 0; j < i; j++) {
        if (random.nextInt(4) == 0) {
          wanted.add("n" + j);
        }
      }
      needs.put("n" + i, wanted);
    }
    Dag dag = Dag.of(needs);
    Set<String> done = new HashSet<>();
    while (done.size() < size) {
      List<String> ready = dag.ready(done, Set.of());
      assertThat(ready).isNotEmpty();
      String next = ready.get(random.nextInt(ready.size()));
      assertThat(done).containsAll(needs.get(next));
      done.add(next);
    }
    assertThat(dag.ready(done, Set.of())).isEmpty();
  }
}
