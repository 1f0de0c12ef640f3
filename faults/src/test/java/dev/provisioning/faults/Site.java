package dev.provisioning.faults;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** The API server under test, with our kinds, and the place for logs. */
final class Site {
  static final Path LOGS = Path.of("target", "faults").toAbsolutePath();

  /** A busy computer is no failure of the product. */
  private static final int PATIENCE_MILLIS = 120_000;

  private static final Path KUBECONFIG = Path.of(kubeconfig());
  private static final KubernetesClient CLIENT = client();

  private Site() {}

  static Stage stage(Scenario scenario, Supervisor.Launch launch) throws IOException {
    Files.createDirectories(launch.directory());
    Files.deleteIfExists(launch.directory().resolve("failpoints"));
    return new Stage(CLIENT, scenario, launch);
  }

  /** {@code orders}: more that is to happen at failpoints. */
  static Supervisor.Launch launch(String place, Kills kills, String orders) {
    return new Supervisor.Launch(
        LOGS.resolve(place),
        KUBECONFIG,
        kills,
        orders,
        Map.of("provisioning.leader-election.enabled", "false"));
  }

  /** A stage whose operator reaches the API server through {@code proxy}. */
  static Stage behind(ApiProxy proxy, Scenario scenario, String place) throws IOException {
    return behind(proxy, scenario, launch(place, Kills.NONE, ""));
  }

  static Stage behind(ApiProxy proxy, Scenario scenario, Supervisor.Launch direct)
      throws IOException {
    return stage(
        scenario,
        new Supervisor.Launch(
            direct.directory(),
            proxy.kubeconfig(direct.directory().resolve("kubeconfig")),
            direct.kills(),
            direct.orders(),
            direct.settings()));
  }

  /** How the harness itself gets to the API server. */
  static Config config() {
    Config config = Config.fromKubeconfig(KUBECONFIG.toFile());
    config.setRequestTimeout(PATIENCE_MILLIS);
    config.setConnectionTimeout(PATIENCE_MILLIS);
    return config;
  }

  private static String kubeconfig() {
    String named = System.getenv("PROVISIONING_TEST_KUBECONFIG");
    if (named == null) {
      throw new IllegalStateException(
          "PROVISIONING_TEST_KUBECONFIG names no API server: ./dev faults brings one");
    }
    return named;
  }

  private static KubernetesClient client() {
    KubernetesClient client = new KubernetesClientBuilder().withConfig(config()).build();
    try (Stream<Path> files = Files.list(Path.of("../crds"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).toList()) {
        client.load(Files.newInputStream(file)).serverSideApply();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return client;
  }
}
