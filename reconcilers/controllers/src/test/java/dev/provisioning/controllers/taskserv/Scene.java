package dev.provisioning.controllers.taskserv;

import static org.awaitility.Awaitility.await;

import dev.provisioning.api.Condition;
import dev.provisioning.api.ConditionStatus;
import dev.provisioning.api.server.Server;
import dev.provisioning.api.taskserv.MemberStatus;
import dev.provisioning.api.taskserv.TaskServ;
import dev.provisioning.api.taskserv.TaskServDefinition;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** A Workspace, a Ready Server and a definition, and what a user does and sees with them. */
final class Scene {
  private static final Duration LONG = Duration.ofSeconds(90);

  private final TestCluster cluster;
  private final String namespace;

  /** In the cluster's own namespace, with the Server {@code machine} at an address. */
  Scene(TestCluster cluster, String address) {
    this(cluster, cluster.namespace(), true);
    create(Manifests.file("toy.yaml"));
    server("machine", address, "");
  }

  /** With nothing but a Workspace. */
  private Scene(TestCluster cluster, String namespace, boolean bare) {
    this.cluster = cluster;
    this.namespace = namespace;
    create(Manifests.workspace(""));
  }

  static Scene bare(TestCluster cluster, String namespace) {
    return new Scene(cluster, namespace, true);
  }

  /** A Server that is Ready and stays so. */
  void server(String name, String address, String labels) {
    create(Manifests.server(name, address, labels));
    Server server = Serialization.unmarshal(Manifests.readyServer(name, address), Server.class);
    server.getMetadata().setNamespace(namespace);
    cluster.client().resource(server).patchStatus();
  }

  void create(String yaml) {
    cluster.client().load(stream(yaml)).inNamespace(namespace).create();
  }

  private static InputStream stream(String yaml) {
    return new java.io.ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8));
  }

  /** The service {@code toy} on the Server {@code machine}. */
  void apply(String name, String config) {
    taskServ(
        name, "workspace: acme, definition: toy, servers: {names: [machine]}, config: " + config);
  }

  void taskServ(String name, String spec) {
    apply(Manifests.taskServ(name, spec));
  }

  /** A service that does one thing; {@code more} of its spec. */
  void definition(String name, String more) {
    definition(name, "1.0.0", more);
  }

  void definition(String name, String version, String more) {
    apply(Manifests.definition(name, version, more));
  }

  void secret(String name, String key, String value) {
    apply(Manifests.secret(name, key, value));
  }

  /** As {@code kubectl apply} would. */
  void apply(String yaml) {
    cluster.client().load(stream(yaml)).inNamespace(namespace).serverSideApply();
  }

  String namespace() {
    return namespace;
  }

  void limit(String limits) {
    apply(Manifests.workspace(", limits: " + limits));
  }

  /** The machine behind a Server is not there any more. */
  void vanish(String server) {
    servers(server)
        .editStatus(
            found -> {
              found.setStatus(
                  found
                      .getStatus()
                      .withConditions(List.of(notFound("Ready"), notFound("MachineReady"))));
              return found;
            });
  }

  private static Condition notFound(String type) {
    return new Condition(
        type,
        ConditionStatus.False,
        "MachineNotFound",
        "the machine is not there",
        Instant.parse("2026-01-01T00:00:00Z"),
        1L);
  }

  void label(String server, String key, String value) {
    servers(server)
        .edit(
            found -> {
              Map<String, String> labels = new HashMap<>();
              labels.put(key, value);
              found.getMetadata().setLabels(labels);
              return found;
            });
  }

  void removeDefinition(String name) {
    cluster
        .client()
        .resources(TaskServDefinition.class)
        .inNamespace(namespace)
        .withName(name)
        .delete();
  }

  void remove(String server) {
    servers(server).delete();
    await(server + " gone").atMost(LONG).until(() -> servers(server).get() == null);
  }

  private Resource<Server> servers(String name) {
    return cluster.client().resources(Server.class).inNamespace(namespace).withName(name);
  }

  /** The condition's reason and message, once there is one. */
  Optional<Condition> condition(String name, String type) {
    TaskServ found = taskServ(name);
    return found == null || found.getStatus() == null
        ? Optional.empty()
        : found.getStatus().conditions().stream().filter(c -> c.type().equals(type)).findFirst();
  }

  String message(String name, String type) {
    return condition(name, type).map(Condition::message).orElse("");
  }

  TaskServ awaitReady(String name) {
    return await(name + " ready").atMost(LONG).until(() -> taskServ(name), found -> isReady(found));
  }

  private static boolean isReady(TaskServ taskServ) {
    return taskServ.getStatus() != null
        && Objects.equals(
            taskServ.getStatus().observedGeneration(), taskServ.getMetadata().getGeneration())
        && taskServ.getStatus().conditions().stream()
            .filter(one -> one.type().equals("Ready"))
            .map(Condition::status)
            .anyMatch(ConditionStatus.True::equals);
  }

  void delete(String name) {
    cluster.client().resources(TaskServ.class).inNamespace(namespace).withName(name).delete();
    await(name + " gone").atMost(LONG).until(() -> taskServ(name) == null);
  }

  TaskServ taskServ(String name) {
    return cluster.client().resources(TaskServ.class).inNamespace(namespace).withName(name).get();
  }

  TaskServDefinition definition(String name) {
    return cluster
        .client()
        .resources(TaskServDefinition.class)
        .inNamespace(namespace)
        .withName(name)
        .get();
  }

  MemberStatus member(String name) {
    TaskServ taskServ = taskServ(name);
    return taskServ.getStatus() == null || taskServ.getStatus().servers().isEmpty()
        ? null
        : taskServ.getStatus().servers().getFirst();
  }

  Map<String, String> secret(String name) {
    return cluster
        .client()
        .secrets()
        .inNamespace(namespace)
        .withName(name)
        .get()
        .getData()
        .entrySet()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> decoded(entry.getValue())));
  }

  private static String decoded(String text) {
    return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
  }
}
