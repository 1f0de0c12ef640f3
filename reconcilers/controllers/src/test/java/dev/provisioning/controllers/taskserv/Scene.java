package dev.provisioning.controllers.taskserv;

import static org.awaitility.Awaitility.await;

import dev.provisioning.api.Condition;
import dev.provisioning.api.ConditionStatus;
import dev.provisioning.api.server.Server;
import dev.provisioning.api.taskserv.MemberStatus;
import dev.provisioning.api.taskserv.TaskServ;
import dev.provisioning.api.taskserv.TaskServDefinition;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** A Workspace, a Ready Server and a definition, and what a user does and sees with them. */
final class Scene {
  private static final Duration LONG = Duration.ofSeconds(90);

  private final TestCluster cluster;
  private final TestMachine machine;

  Scene(TestCluster cluster, TestMachine machine) {
    this.cluster = cluster;
    this.machine = machine;
    create(
        """
        apiVersion: provisioning.dev/v1alpha1
        kind: Workspace
        metadata: {name: acme}
        spec: {mode: Solo, providers: [{name: own, type: existing}]}
        """);
    create(resource("toy.yaml"));
    server();
  }

  private void server() {
    create(
        """
        apiVersion: provisioning.dev/v1alpha1
        kind: Server
        metadata: {name: machine}
        spec: {workspace: acme, provider: own, address: %s, plan: existing, image: existing}
        """
            .formatted(machine.address()));
    String now = "2026-01-01T00:00:00Z";
    Server server =
        Serialization.unmarshal(
            """
            apiVersion: provisioning.dev/v1alpha1
            kind: Server
            metadata: {name: machine}
            status:
              observedGeneration: 1
              phase: Ready
              incarnation: 1
              addresses: [{type: PrivateIpv4, value: %1$s}]
              facts: {os: debian, version: "12", architecture: amd64, kernel: "6.1", cores: 2,
                      memoryMb: 4096, diskGb: 40, systemd: true, machineId: a, bootId: b}
              conditions:
              - {type: Ready, status: "True", reason: Ready, message: ok, lastTransitionTime: "%2$s"}
            """
                .formatted(machine.address(), now),
            Server.class);
    server.getMetadata().setNamespace(cluster.namespace());
    cluster.client().resource(server).patchStatus();
  }

  void create(String yaml) {
    cluster.client().load(stream(yaml)).inNamespace(cluster.namespace()).create();
  }

  private static InputStream stream(String yaml) {
    return new java.io.ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8));
  }

  private static String resource(String name) {
    try (InputStream in = Scene.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As {@code kubectl apply} would. */
  void apply(String name, String config) {
    cluster
        .client()
        .load(
            stream(
                """
                apiVersion: provisioning.dev/v1alpha1
                kind: TaskServ
                metadata: {name: %s}
                spec: {workspace: acme, definition: toy, servers: {names: [machine]}, config: %s}
                """
                    .formatted(name, config)))
        .inNamespace(cluster.namespace())
        .serverSideApply();
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
    cluster
        .client()
        .resources(TaskServ.class)
        .inNamespace(cluster.namespace())
        .withName(name)
        .delete();
    await(name + " gone").atMost(LONG).until(() -> taskServ(name) == null);
  }

  TaskServ taskServ(String name) {
    return cluster
        .client()
        .resources(TaskServ.class)
        .inNamespace(cluster.namespace())
        .withName(name)
        .get();
  }

  TaskServDefinition definition(String name) {
    return cluster
        .client()
        .resources(TaskServDefinition.class)
        .inNamespace(cluster.namespace())
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
        .inNamespace(cluster.namespace())
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

  /** The steps of a service that ran on the machine, in order. */
  List<String> runs(String taskServ) {
    return machine
        .exec("grep '^" + taskServ + " ' /var/lib/toy-runs")
        .lines()
        .filter(line -> line.startsWith(taskServ + " "))
        .toList();
  }

  /** Operations that the machine was ever given for a service. */
  List<String> operations(String taskServ) {
    return machine
        .exec("grep -lx " + taskServ + " /var/lib/provisioning/operations/*/taskserv")
        .lines()
        .filter(line -> line.startsWith("/var"))
        .toList();
  }

  /** Changes with every start of a unit. */
  String invocation(String unit) {
    return machine.exec("systemctl show -p InvocationID " + unit);
  }
}
