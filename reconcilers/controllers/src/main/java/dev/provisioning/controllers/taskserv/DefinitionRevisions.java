package dev.provisioning.controllers.taskserv;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.github.benmanes.caffeine.cache.Cache;
import dev.provisioning.api.taskserv.TaskServDefinition;
import dev.provisioning.api.taskserv.TaskServDefinitionSpec;
import dev.provisioning.controllers.caches.Caches;
import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.failpoint.Failpoints;
import dev.provisioning.spi.model.Failure;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.ControllerRevisionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What definitions in use were, as ControllerRevisions beside them: they never change, and they go
 * with their definition.
 */
final class DefinitionRevisions {
  static final String LABEL = "provisioning.dev/taskservdefinition";
  private static final Logger LOG = LoggerFactory.getLogger(DefinitionRevisions.class);
  private static final int KEPT = 10;
  private static final int REMEMBERED = 256;
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private final KubernetesClient client;
  private final Cache<String, TaskServDefinitionSpec> known =
      Caches.newBuilder().maximumSize(REMEMBERED).build();

  DefinitionRevisions(KubernetesClient client) {
    this.client = client;
  }

  /** May be repeated. The oldest go when there are too many. */
  void keep(TaskServDefinition definition, String hash) {
    String namespace = definition.getMetadata().getNamespace();
    try {
      Failpoints.around(
          "revision.create",
          () -> client.resource(revision(definition, hash)).inNamespace(namespace).create());
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw refused(e);
      }
    }
    prune(namespace, definition.getMetadata().getName());
  }

  /** Asks the API server the first time. */
  Optional<TaskServDefinitionSpec> find(List<String> namespaces, String definition, String hash) {
    return namespaces.stream()
        .flatMap(namespace -> find(namespace, definition, hash).stream())
        .findFirst();
  }

  private Optional<TaskServDefinitionSpec> find(String namespace, String definition, String hash) {
    String key = namespace + "/" + name(definition, hash);
    return Optional.ofNullable(
        known.get(
            key,
            k -> {
              ControllerRevision found = read(namespace, name(definition, hash));
              return found == null
                  ? null
                  : JSON.convertValue(found.getData(), TaskServDefinitionSpec.class);
            }));
  }

  /** Without the right to read there is nothing to go back to; services work all the same. */
  private ControllerRevision read(String namespace, String name) {
    try {
      return client.apps().controllerRevisions().inNamespace(namespace).withName(name).get();
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
        LOG.warn("the operator may not read ControllerRevisions in namespace {}", namespace);
        return null;
      }
      throw e;
    }
  }

  private static ControllerRevision revision(TaskServDefinition definition, String hash) {
    return new ControllerRevisionBuilder()
        .withNewMetadata()
        .withName(name(definition.getMetadata().getName(), hash))
        .withNamespace(definition.getMetadata().getNamespace())
        .addToLabels(LABEL, definition.getMetadata().getName())
        .withOwnerReferences(
            new OwnerReferenceBuilder()
                .withApiVersion(definition.getApiVersion())
                .withKind(definition.getKind())
                .withName(definition.getMetadata().getName())
                .withUid(definition.getMetadata().getUid())
                .build())
        .endMetadata()
        .withRevision(definition.getMetadata().getGeneration())
        .withData(JSON.valueToTree(definition.getSpec()))
        .build();
  }

  private void prune(String namespace, String definition) {
    client
        .apps()
        .controllerRevisions()
        .inNamespace(namespace)
        .withLabel(LABEL, definition)
        .list()
        .getItems()
        .stream()
        .sorted(Comparator.comparing(ControllerRevision::getRevision).reversed())
        .skip(KEPT)
        .forEach(old -> Failpoints.around("revision.delete", () -> client.resource(old).delete()));
  }

  private static String name(String definition, String hash) {
    return definition + "-" + hash;
  }

  private static ProviderException refused(KubernetesClientException e) {
    return new ProviderException(
        new Failure.Transient(
            "ApiServerRefused",
            "the revision was not kept: HTTP %d %s".formatted(e.getCode(), e.getMessage()),
            Duration.ofSeconds(1)),
        e);
  }
}
