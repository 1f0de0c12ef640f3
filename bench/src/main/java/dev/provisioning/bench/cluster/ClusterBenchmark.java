package dev.provisioning.bench.cluster;

import dev.provisioning.bench.RawData;
import dev.provisioning.bench.Samples;
import dev.provisioning.bench.cluster.OperatorProcess.Launch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * B1 to B4 in one go, since each needs what the one before built: start with nothing, roll out,
 * edit, idle, start again with much.
 */
public final class ClusterBenchmark {
  /** What the chart's options (values.yaml, jvm) come to in a pod of its size. */
  private static final List<String> AS_DEPLOYED =
      List.of(
          "-XX:+UseSerialGC",
          "-Xmx512m",
          "-XX:+UseStringDeduplication",
          "-XX:+ExitOnOutOfMemoryError");

  private static final int STARTS = 5;
  private static final int IDLE_SECONDS = 60;
  private static final int EDITS = 200;

  private final Launch launch;
  private final Path crds;
  private final List<Integer> sizes;

  /** {@code sizes} are numbers of Servers, ascending; the last one also idles and restarts. */
  public ClusterBenchmark(Path jar, Path kubeconfig, Path crds, List<Integer> sizes) {
    this.launch = new Launch(jar, kubeconfig, AS_DEPLOYED, Path.of("operator/target/bench.log"));
    this.crds = crds;
    this.sizes = sizes;
  }

  public void run(RawData raw) throws Exception {
    try (var world = new World(launch.kubeconfig())) {
      world.install(crds);
      var starts = starts();
      Map<String, Object> rollouts = new LinkedHashMap<>();
      var operator = launch.start();
      try {
        operator.awaitReady();
        world.apply(Workspaces.SIMULATED);
        for (int size : sizes) {
          world.deleteServers();
          rollouts.put(Integer.toString(size), new Rollout(world, operator).of(size));
          if (size == sizes.getFirst()) {
            raw.write("b3-edits", new Edits(world).of(EDITS, size));
          }
        }
        raw.write("b1-rollout", Map.of("servers", rollouts));
        raw.write("b2-idle", new Idle(world, operator).of(sizes.getLast(), IDLE_SECONDS));
      } finally {
        operator.close();
      }
      raw.write("b4-start", again(starts));
    }
  }

  private Map<String, Object> starts() throws Exception {
    var ready = new ArrayList<Double>();
    long resident = 0;
    for (int i = 0; i < STARTS; i++) {
      try (var operator = launch.start()) {
        ready.add(operator.awaitReady());
        resident = operator.residentMegabytes();
      }
    }
    var samples = new Samples("start to ready, no Servers", ready);
    System.out.printf(
        "B4  ready after %.0f ms (median of %d), %d MB, no Servers%n",
        samples.median(), STARTS, resident);
    var said = new LinkedHashMap<String, Object>();
    said.put("noServers", Map.of("readyMillis", samples, "residentMegabytes", resident));
    return said;
  }

  /**
   * With the largest number of Servers in place. Their simulated machines ended with the process.
   */
  private Map<String, Object> again(Map<String, Object> said) throws Exception {
    int size = sizes.getLast();
    try (var operator = launch.start()) {
      double ready = operator.awaitReady();
      double first = operator.awaitFirstPass();
      TimeUnit.SECONDS.sleep(30);
      long resident = operator.residentMegabytes();
      System.out.printf(
          "B4  ready after %.0f ms, first pass after %.0f ms, %d MB 30 s later, %d Servers%n",
          ready, first, resident, size);
      said.put(
          "servers" + size,
          Map.of("readyMillis", ready, "firstPassMillis", first, "residentMegabytes", resident));
    }
    return said;
  }
}
