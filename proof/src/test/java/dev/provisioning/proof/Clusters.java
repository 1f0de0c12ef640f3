package dev.provisioning.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.testkit.Programs;
import dev.provisioning.testkit.Programs.Ended;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The API server of the tests, through the clients that people use, and what it has to know. */
final class Clusters {
  private Clusters() {}

  static void installKinds() {
    String crds = Catalogue.repository().resolve("crds").toString();
    var applied = kubectl("apply", "--server-side", "--force-conflicts", "-f", crds);
    assertThat(applied.code()).as(applied.output()).isZero();
    var known = kubectl("wait", "--for=condition=Established", "--timeout=60s", "-f", crds);
    assertThat(known.code()).as(known.output()).isZero();
  }

  static Ended kubectl(String... words) {
    return client("kubectl", words);
  }

  static Ended helm(String... words) {
    return client("helm", words);
  }

  private static Ended client(String name, String... words) {
    List<String> command = new ArrayList<>();
    command.add(Catalogue.repository().resolve("hack/lib").resolve(name).toString());
    command.addAll(List.of("--kubeconfig", kubeconfig()));
    command.addAll(List.of(words));
    return Programs.attempt(command, "");
  }

  private static String kubeconfig() {
    String path = System.getenv("PROVISIONING_TEST_KUBECONFIG");
    if (path == null) {
      throw new IllegalStateException(
          "PROVISIONING_TEST_KUBECONFIG names no API server; see hack/apiserver");
    }
    return Path.of(path).toAbsolutePath().toString();
  }
}
