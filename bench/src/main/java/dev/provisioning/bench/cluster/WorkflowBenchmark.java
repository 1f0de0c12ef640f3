package dev.provisioning.bench.cluster;

import dev.provisioning.bench.RawData;
import dev.provisioning.bench.cluster.OperatorProcess.Launch;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** B8: workflows of many operations that do nothing, so that what is left is our own cost. */
public final class WorkflowBenchmark {
  private static final String NO_OP = "wait: {duration: 0s}";

  /** Does nothing either, but has to ask the API server about it. */
  private static final String LOOK = "wait: {condition: {kind: Workspace, name: bench}}";

  private static final int OPERATIONS = 1_000;
  private static final int WIDTH = 40;

  private final Launch launch;
  private final Path crds;
  private final int rounds;

  public WorkflowBenchmark(Path jar, Path kubeconfig, Path crds, int rounds) {
    this.launch = new Launch(jar, kubeconfig, List.of(), Path.of("operator/target/bench.log"));
    this.crds = crds;
    this.rounds = rounds;
  }

  public void run(RawData raw) throws Exception {
    try (var world = new World(launch.kubeconfig())) {
      world.install(crds);
      try (var operator = launch.start()) {
        operator.awaitReady();
        world.apply(Workspaces.SIMULATED);
        measure(new Workflows(world, operator, rounds), raw);
      }
    }
  }

  private static void measure(Workflows workflows, RawData raw) throws Exception {
    Map<String, Object> shapes = new LinkedHashMap<>();
    shapes.put("layers", workflows.of("no-ops, 25 layers of 40", OPERATIONS, WIDTH, NO_OP));
    shapes.put("chain", workflows.of("no-ops, one after the other", OPERATIONS, 1, NO_OP));
    shapes.put("looks", workflows.of("looks, 25 layers of 40", OPERATIONS, WIDTH, LOOK));
    shapes.put("most", workflows.of("no-ops, as many as may be", 2 * OPERATIONS, WIDTH, NO_OP));
    raw.write("b8-workflows", Map.of("operations", OPERATIONS, "shapes", shapes));
  }
}
