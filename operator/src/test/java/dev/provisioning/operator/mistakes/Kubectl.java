package dev.provisioning.operator.mistakes;

import dev.provisioning.testkit.Programs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** kubectl in one namespace, as people use it. */
record Kubectl(String namespace) {
  /** Applies {@code manifest} as {@code kubectl apply} does by default: strictly. */
  Programs.Ended apply(String manifest) {
    return run(manifest, "apply", "-f", "-");
  }

  Programs.Ended run(String input, String... words) {
    List<String> command = new ArrayList<>();
    command.add(Mistakes.repository().resolve("hack/lib/kubectl").toString());
    command.addAll(List.of("--kubeconfig", kubeconfig(), "--namespace", namespace));
    command.addAll(List.of(words));
    return Programs.attempt(command, input);
  }

  private static String kubeconfig() {
    return Path.of(System.getenv(TestCluster.KUBECONFIG)).toAbsolutePath().toString();
  }
}
