package dev.provisioning.bench.cluster;

import dev.provisioning.api.cluster.Cluster;
import dev.provisioning.api.taskserv.TaskServDefinition;
import dev.provisioning.bench.RawData;
import dev.provisioning.bench.Samples;
import dev.provisioning.bench.cluster.OperatorProcess.Launch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * B11: a Cluster of 200 machines with three services on each, in mode Plan: from the sending of it
 * to the plan in its status, and what was written for it.
 */
public final class ClusterPlanBenchmark {
  private static final int MACHINES = 200;
  private static final int SERVICES = 3;
  private static final int LIMIT_SECONDS = 120;
  private static final String NAME = "large";

  /** Of anything but a status; Leases and Events go on beside it, and the creation is our own. */
  private static final String WRITES =
      "(?!leases |events |clusters PATCH|\\S*/status )\\S+ (POST|PUT|PATCH|DELETE|DELETECOLLECTION)";

  private final Launch launch;
  private final Path crds;
  private final int rounds;

  public ClusterPlanBenchmark(Path jar, Path kubeconfig, Path crds, int rounds) {
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
        for (int i = 1; i <= SERVICES; i++) {
          world.apply(definition(i));
        }
        awaitDefinitions(world);
        raw.write("b11-plan", measure(world));
      }
    }
  }

  private Map<String, Object> measure(World world) throws Exception {
    List<Double> millis = new ArrayList<>();
    Map<String, Long> others = new TreeMap<>();
    long writes = 0;
    long statusWrites = 0;
    int actions = 0;
    for (int round = 0; round < rounds; round++) {
      var before = world.calls();
      millis.add(
          Samples.time(
              () -> {
                world.apply(cluster());
                awaitPlan(world);
              }));
      var calls = world.calls().since(before);
      writes += calls.matching(WRITES);
      calls.counts().forEach((name, count) -> note(others, name, count));
      statusWrites += calls.matching("clusters/status (PUT|PATCH|APPLY)");
      actions = find(world).getStatus().plan().actions().size();
      delete(world);
    }
    Samples samples = new Samples("plan", millis);
    System.out.printf(
        "B11 plan of %d machines with %d services each: %.0f ms (median of %d), %d actions,"
            + " %d status writes and %d others per plan%n",
        MACHINES,
        SERVICES,
        samples.median(),
        rounds,
        actions,
        statusWrites / rounds,
        writes / rounds);
    Map<String, Object> said = new LinkedHashMap<>();
    said.put("machines", MACHINES);
    said.put("servicesOnEach", SERVICES);
    said.put("actions", actions);
    said.put("statusWritesPerPlan", (double) statusWrites / rounds);
    said.put("otherWritesPerPlan", (double) writes / rounds);
    said.put("otherWrites", others);
    said.put("medianMillis", samples.median());
    said.put("millis", samples.millis());
    return said;
  }

  private static void note(Map<String, Long> others, String name, long count) {
    if (name.matches(WRITES)) {
      others.merge(name, count, Long::sum);
    }
  }

  private static Cluster find(World world) {
    return world
        .client()
        .resources(Cluster.class)
        .inNamespace(World.NAMESPACE)
        .withName(NAME)
        .get();
  }

  private static void awaitPlan(World world) {
    world
        .client()
        .resources(Cluster.class)
        .inNamespace(World.NAMESPACE)
        .withName(NAME)
        .waitUntilCondition(
            one -> one != null && one.getStatus() != null && one.getStatus().plan() != null,
            LIMIT_SECONDS,
            TimeUnit.SECONDS);
  }

  /** Each is kept as a revision once: that is no part of a plan. */
  private static void awaitDefinitions(World world) {
    for (int i = 1; i <= SERVICES; i++) {
      world
          .client()
          .resources(TaskServDefinition.class)
          .inNamespace(World.NAMESPACE)
          .withName("service-" + i)
          .waitUntilCondition(
              one ->
                  one.getStatus() != null
                      && one.getMetadata()
                          .getGeneration()
                          .equals(one.getStatus().observedGeneration()),
              LIMIT_SECONDS,
              TimeUnit.SECONDS);
    }
  }

  private static void delete(World world) throws InterruptedException {
    world.client().resources(Cluster.class).inNamespace(World.NAMESPACE).delete();
    while (find(world) != null) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private static String definition(int number) {
    return """
    apiVersion: provisioning.dev/v1alpha1
    kind: TaskServDefinition
    metadata: {name: service-%d, namespace: %s}
    spec:
      category: Development
      description: A service of the benchmark.
      versions: [{version: "1.0.0", default: true}]
      install: [{name: install, run: "true"}]
    """
        .formatted(number, World.NAMESPACE);
  }

  private static String cluster() {
    StringBuilder yaml =
        new StringBuilder(
            """
            apiVersion: provisioning.dev/v1alpha1
            kind: Cluster
            metadata: {name: %s, namespace: %s}
            spec:
              mode: Plan
              nodePools:
              - {name: one, replicas: %3$d, server: {resources: {cores: 1, memoryGb: 1}}}
              - {name: two, replicas: %3$d, server: {resources: {cores: 1, memoryGb: 1}}}
              components:
            """
                .formatted(NAME, World.NAMESPACE, MACHINES / 2));
    for (int i = 1; i <= SERVICES; i++) {
      yaml.append("  - {name: service-%d, nodePools: [one, two]}\n".formatted(i));
    }
    return yaml.toString();
  }
}
