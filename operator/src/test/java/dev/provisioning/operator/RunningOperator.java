package dev.provisioning.operator;

import dev.provisioning.api.DurationText;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

/** The composition of the product, in one namespace of the API server under test. */
final class RunningOperator implements AutoCloseable {
  static final String KUBECONFIG = "PROVISIONING_TEST_KUBECONFIG";

  final KubernetesClient client;
  final String namespace;
  private Composition composition;

  RunningOperator(String namespace) {
    this.namespace = namespace;
    Config config = Config.fromKubeconfig(new File(System.getenv(KUBECONFIG)));
    this.client = new KubernetesClientBuilder().withConfig(config).build();
    installKinds();
    client
        .namespaces()
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .serverSideApply();
    start();
  }

  void start() {
    OperatorConfig config =
        new SmallRyeConfigBuilder()
            .withMapping(OperatorConfig.class)
            .withConverter(Duration.class, 200, DurationText::parse)
            .withDefaultValues(
                Map.of(
                    "provisioning.namespaces", namespace,
                    "provisioning.operator-namespace", namespace,
                    "provisioning.leader-election.enabled", "false"))
            .build()
            .getConfigMapping(OperatorConfig.class);
    composition = new Composition(config, client, new SimpleMeterRegistry(), Clock.systemUTC());
  }

  /** Ends it; what it left in the cluster is all that a successor has. */
  void stop() {
    composition.close();
  }

  @Override
  public void close() {
    stop();
    client.namespaces().withName(namespace).delete();
    client.close();
  }

  private void installKinds() {
    try (Stream<Path> files = Files.list(Path.of("../crds"))) {
      files
          .filter(file -> file.toString().endsWith(".yaml"))
          .forEach(file -> client.load(open(file)).serverSideApply());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static java.io.InputStream open(Path file) {
    try {
      return Files.newInputStream(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
