package dev.provisioning.bench.graph;

import dev.provisioning.bench.RawData;
import dev.provisioning.bench.Samples;
import dev.provisioning.planning.graph.Dag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * The graph behind the order of TaskServs, Clusters and workflows: made, ordered, asked for what is
 * ready, and turned round, as one plan does.
 */
public final class GraphBenchmark {
  private static final int NODES = 10_000;
  private static final int MOST_NEEDS = 4;
  private static final int WARM_UP = 10;
  private static final long SEED = 11;

  private final int rounds;

  public GraphBenchmark(int rounds) {
    this.rounds = rounds;
  }

  public void run(RawData raw) throws Exception {
    Map<String, Object> shapes = new LinkedHashMap<>();
    shapes.put("random", measure("each needs up to four earlier ones", random()));
    shapes.put("chain", measure("each needs the one before", chain()));
    shapes.put("layers", measure("100 layers of 100, each node needs ten", layers()));
    raw.write("b11-graph", Map.of("nodes", NODES, "shapes", shapes));
  }

  private Map<String, Object> measure(String title, Map<String, Set<String>> needs)
      throws Exception {
    List<Double> millis = new ArrayList<>();
    for (int i = 0; i < WARM_UP + rounds; i++) {
      double took = Samples.time(() -> plan(needs));
      if (i >= WARM_UP) {
        millis.add(took);
      }
    }
    var samples = new Samples(title, millis);
    System.out.printf(
        "B11 a graph of %d nodes, %s: %.0f ms (median of %d, slowest %.0f ms)%n",
        NODES, title, samples.median(), rounds, samples.percentile(100));
    Map<String, Object> said = new LinkedHashMap<>();
    said.put("what", title);
    said.put("needs", needs.values().stream().mapToInt(Set::size).sum());
    said.put("medianMillis", samples.median());
    said.put("millis", samples.millis());
    return said;
  }

  private static void plan(Map<String, Set<String>> needs) {
    Dag dag = Dag.of(needs);
    List<String> ready = dag.ready(Set.of(), Set.of());
    List<String> back = dag.reverse().order();
    if (dag.order().size() != NODES || back.size() != NODES || ready.isEmpty()) {
      throw new IllegalStateException("the graph lost nodes");
    }
  }

  private static Map<String, Set<String>> random() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    Map<String, Set<String>> needs = new LinkedHashMap<>();
    for (int i = 0; i < NODES; i++) {
      Set<String> earlier = new java.util.HashSet<>();
      for (int n = 0; i > 0 && n < random.nextInt(MOST_NEEDS + 1); n++) {
        earlier.add(name(random.nextInt(i)));
      }
      needs.put(name(i), earlier);
    }
    return needs;
  }

  private static Map<String, Set<String>> chain() {
    Map<String, Set<String>> needs = new LinkedHashMap<>();
    for (int i = 0; i < NODES; i++) {
      needs.put(name(i), i == 0 ? Set.of() : Set.of(name(i - 1)));
    }
    return needs;
  }

  private static Map<String, Set<String>> layers() {
    Map<String, Set<String>> needs = new LinkedHashMap<>();
    int width = 100;
    for (int i = 0; i < NODES; i++) {
      Set<String> above = new java.util.HashSet<>();
      for (int n = 0; i >= width && n < 10; n++) {
        above.add(name(i / width * width - width + (i + n) % width));
      }
      needs.put(name(i), above);
    }
    return needs;
  }

  private static String name(int i) {
    return "node-%05d".formatted(i);
  }
}
