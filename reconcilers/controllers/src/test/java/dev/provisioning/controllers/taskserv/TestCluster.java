package dev.provisioning.controllers.taskserv;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** A real API server with our kinds, and a namespace of one's own in it. */
final class TestCluster implements AutoCloseable {
  private static final Path CRDS = Path.of("..", "..", "crds");

  private final KubernetesClient client;
  private final String namespace = "taskserv-shell-" + UUID.randomUUID().toString().substring(0, 8);
  private final List<String> others = new ArrayList<>();

  TestCluster() {
    try {
      Path kubeconfig = Path.of(System.getenv("PROVISIONING_TEST_KUBECONFIG"));
      client =
          new KubernetesClientBuilder()
              .withConfig(Config.fromKubeconfig(Files.readString(kubeconfig)))
              .build();
      applyDefinitions();
      client
          .namespaces()
          .resource(
              new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
          .create();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void applyDefinitions() throws IOException {
    try (Stream<Path> files = Files.walk(CRDS)) {
      for (Path file :
          files
              .filter(one -> !one.toString().contains("target"))
              .filter(one -> one.toString().endsWith(".yml") || one.toString().endsWith(".yaml"))
              .toList()) {
        client
            .resource(Files.readString(file))
            .patch(
                new PatchContext.Builder()
                    .withPatchType(PatchType.SERVER_SIDE_APPLY)
                    .withFieldManager("taskserv-shell-test")
                    .withForce(true)
                    .build());
      }
    }
  }

  /** One more namespace. */
  String another() {
    String name = namespace + "-" + (others.size() + 1);
    client
        .namespaces()
        .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
        .create();
    others.add(name);
    return name;
  }

  KubernetesClient client() {
    return client;
  }

  String namespace() {
    return namespace;
  }

  @Override
  public void close() {
    others.forEach(name -> client.namespaces().withName(name).delete());
    client.namespaces().withName(namespace).delete();
    client.close();
  }
}
