package dev.provisioning.operator.mistakes;

import static org.awaitility.Awaitility.await;

import dev.provisioning.api.cluster.Cluster;
import dev.provisioning.api.cluster.ClusterDefinition;
import dev.provisioning.api.server.Server;
import dev.provisioning.api.taskserv.TaskServ;
import dev.provisioning.api.taskserv.TaskServDefinition;
import dev.provisioning.api.workflow.BatchWorkflow;
import dev.provisioning.api.workspace.Workspace;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The API server under test, with our kinds and namespaces of one's own. */
record TestCluster(KubernetesClient client, List<String> namespaces) implements AutoCloseable {
  private static final int REQUEST_MILLIS = 60_000;
  static final String KUBECONFIG = "PROVISIONING_TEST_KUBECONFIG";
  private static final Duration ALONE = Duration.ofMinutes(3);
  private static final PatchContext FORGET = PatchContext.of(PatchType.JSON_MERGE);
  static final List<Class<? extends HasMetadata>> KINDS =
      List.of(
          BatchWorkflow.class,
          Cluster.class,
          TaskServ.class,
          Server.class,
          ClusterDefinition.class,
          TaskServDefinition.class,
          Workspace.class);

  TestCluster(List<String> namespaces) {
    this(new KubernetesClientBuilder().withConfig(config()).build(), List.copyOf(namespaces));
    installKinds();
    namespaces.forEach(
        name ->
            client
                .namespaces()
                .resource(
                    new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
                .serverSideApply());
  }

  /** Computers that run tests are busy. */
  static Config config() {
    Config config = Config.fromKubeconfig(new File(System.getenv(KUBECONFIG)));
    config.setRequestTimeout(REQUEST_MILLIS);
    return config;
  }

  private void installKinds() {
    try (Stream<Path> files = Files.list(Mistakes.repository().resolve("crds"))) {
      files
          .filter(file -> file.toString().endsWith(".yaml"))
          .map(Mistakes::text)
          .forEach(text -> client.resource(text).forceConflicts().serverSideApply());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All objects of our kinds, as they are stored. */
  List<HasMetadata> all() {
    return namespaces.stream().flatMap(name -> all(name).stream()).toList();
  }

  List<HasMetadata> all(String namespace) {
    return KINDS.stream()
        .flatMap(kind -> client.resources(kind).inNamespace(namespace).list().getItems().stream())
        .map(HasMetadata.class::cast)
        .toList();
  }

  /** Writes the status that stands in {@code manifest}. */
  void writeStatus(String manifest) {
    GenericKubernetesResource wished =
        Serialization.unmarshal(manifest, GenericKubernetesResource.class);
    Object status = wished.get("status");
    if (status == null) {
      return;
    }
    var resource =
        client
            .genericKubernetesResources(wished.getApiVersion(), wished.getKind())
            .inNamespace(namespaces.getFirst())
            .withName(wished.getMetadata().getName());
    GenericKubernetesResource stored = resource.get();
    stored.setAdditionalProperty("status", status);
    client.resource(stored).updateStatus();
  }

  /** Stores this; it must be taken as strictly as kubectl asks it to. */
  void store(String manifest) {
    HasMetadata wished = client.resource(manifest).item();
    wished.getMetadata().setNamespace(namespaces.getFirst());
    HasMetadata stored = client.resource(wished).get();
    if (stored == null) {
      client.resource(wished).fieldValidation(Validation.STRICT).create();
    } else {
      wished.getMetadata().setResourceVersion(stored.getMetadata().getResourceVersion());
      client.resource(wished).fieldValidation(Validation.STRICT).update();
    }
  }

  void delete(String manifest) {
    client.resource(manifest).inNamespace(namespaces.getFirst()).delete();
  }

  /** No operator is there any more that would let them go. */
  void forgetAll() {
    all().forEach(this::forget);
  }

  private void forget(HasMetadata object) {
    client.resource(object).patch(FORGET, "{\"metadata\":{\"finalizers\":null}}");
  }

  /**
   * Nothing of earlier tests is on its way out any more: an operator of all namespaces would work
   * there, and be refused what it makes.
   */
  void awaitAlone() {
    await()
        .atMost(ALONE)
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () -> {
              List<String> leaving = leaving();
              leaving.stream()
                  .flatMap(namespace -> all(namespace).stream())
                  .filter(object -> !object.getFinalizers().isEmpty())
                  .forEach(this::forget);
              return leaving.isEmpty();
            });
  }

  private List<String> leaving() {
    return client.namespaces().list().getItems().stream()
        .filter(HasMetadata::isMarkedForDeletion)
        .map(namespace -> namespace.getMetadata().getName())
        .toList();
  }

  @Override
  public void close() {
    namespaces.forEach(name -> client.namespaces().withName(name).delete());
    client.close();
  }
}
