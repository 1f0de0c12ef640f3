package dev.provisioning.bench;

import dev.provisioning.bench.cluster.ClusterBenchmark;
import dev.provisioning.bench.cluster.ClusterPlanBenchmark;
import dev.provisioning.bench.cluster.WorkflowBenchmark;
import dev.provisioning.bench.graph.GraphBenchmark;
import dev.provisioning.bench.ssh.SshBenchmark;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * {@code ./dev bench [b5 …]}: all benchmarks, or those named. Settings are environment variables,
 * so that the command stays short: {@code BENCH_OUT}, {@code BENCH_MACHINES}, {@code BENCH_ROUNDS},
 * {@code BENCH_ANSIBLE} (path of ansible-playbook).
 */
public final class Bench {
  private static final List<String> ALL = List.of("cluster", "b5", "b8", "b11");

  private static final int GRAPH_ROUNDS = 20;

  private Bench() {}

  public static void main(String[] names) throws Exception {
    var raw = new RawData(Path.of(setting("BENCH_OUT", "docs/benchmarks")));
    System.out.println("on " + Computer.description());
    for (var name : names.length == 0 ? ALL : List.of(names)) {
      switch (name) {
        case "cluster" -> cluster().run(raw);
        case "b5" -> ssh().run(raw);
        case "b8" -> workflows().run(raw);
        case "b11" -> {
          new GraphBenchmark(GRAPH_ROUNDS).run(raw);
          plans().run(raw);
        }
        default ->
            throw new IllegalArgumentException("no benchmark " + name + "; there are " + ALL);
      }
    }
  }

  private static ClusterBenchmark cluster() {
    return new ClusterBenchmark(
        Path.of(setting("BENCH_OPERATOR", "operator/target/quarkus-app/quarkus-run.jar")),
        Path.of(setting("PROVISIONING_TEST_KUBECONFIG", setting("KUBECONFIG", "kubeconfig"))),
        Path.of(setting("BENCH_CRDS", "crds")),
        Arrays.stream(setting("BENCH_SERVERS", "1000,5000").split(","))
            .map(Integer::valueOf)
            .toList());
  }

  private static WorkflowBenchmark workflows() {
    return new WorkflowBenchmark(
        Path.of(setting("BENCH_OPERATOR", "operator/target/quarkus-app/quarkus-run.jar")),
        Path.of(setting("PROVISIONING_TEST_KUBECONFIG", setting("KUBECONFIG", "kubeconfig"))),
        Path.of(setting("BENCH_CRDS", "crds")),
        Integer.parseInt(setting("BENCH_ROUNDS", "5")));
  }

  private static ClusterPlanBenchmark plans() {
    return new ClusterPlanBenchmark(
        Path.of(setting("BENCH_OPERATOR", "operator/target/quarkus-app/quarkus-run.jar")),
        Path.of(setting("PROVISIONING_TEST_KUBECONFIG", setting("KUBECONFIG", "kubeconfig"))),
        Path.of(setting("BENCH_CRDS", "crds")),
        Integer.parseInt(setting("BENCH_ROUNDS", "5")));
  }

  private static SshBenchmark ssh() {
    return new SshBenchmark(
        Integer.parseInt(setting("BENCH_MACHINES", "10")),
        Integer.parseInt(setting("BENCH_ROUNDS", "5")),
        setting("BENCH_ANSIBLE", "ansible-playbook"));
  }

  private static String setting(String name, String otherwise) {
    var value = System.getenv(name);
    return value == null || value.isBlank() ? otherwise : value;
  }
}
