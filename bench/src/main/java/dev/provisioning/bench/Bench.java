package dev.provisioning.bench;

import dev.provisioning.bench.ssh.SshBenchmark;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code ./dev bench [b5 …]}: all benchmarks, or those named. Settings are environment variables,
 * so that the command stays short: {@code BENCH_OUT}, {@code BENCH_MACHINES}, {@code BENCH_ROUNDS},
 * {@code BENCH_ANSIBLE} (path of ansible-playbook).
 */
public final class Bench {
  private static final List<String> ALL = List.of("b5");

  private Bench() {}

  public static void main(String[] names) throws Exception {
    var raw = new RawData(Path.of(setting("BENCH_OUT", "docs/benchmarks")));
    System.out.println("on " + Computer.description());
    for (var name : names.length == 0 ? ALL : List.of(names)) {
      switch (name) {
        case "b5" -> ssh().run(raw);
        default ->
            throw new IllegalArgumentException("no benchmark " + name + "; there are " + ALL);
      }
    }
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
