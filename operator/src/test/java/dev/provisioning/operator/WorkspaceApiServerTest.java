package dev.provisioning.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.provisioning.api.Condition;
import dev.provisioning.api.ConditionStatus;
import dev.provisioning.api.server.Server;
import dev.provisioning.api.server.ServerSpecBuilder;
import dev.provisioning.api.workspace.LimitsBuilder;
import dev.provisioning.api.workspace.Provider;
import dev.provisioning.api.workspace.ProviderBuilder;
import dev.provisioning.api.workspace.ProviderType;
import dev.provisioning.api.workspace.Workspace;
import dev.provisioning.api.workspace.WorkspaceSpec;
import dev.provisioning.api.workspace.WorkspaceSpecBuilder;
import dev.provisioning.planning.Conditions;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("apiserver")
class WorkspaceApiServerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int LIMIT = 10;
  private static final int ASKED = 50;

  private RunningOperator operator;

  @BeforeEach
  void start() {
    operator = new RunningOperator("ws-" + Long.toString(System.nanoTime(), 36));
  }

  @AfterEach
  void stop() {
    servers().forEach(server -> operator.client.resource(server).delete());
    await().atMost(PATIENCE).until(() -> servers().isEmpty());
    operator.client.resources(Workspace.class).inNamespace(operator.namespace).delete();
    operator.close();
  }

  @Test
  void fifty_parallel_creates_never_exceed_a_limit_of_ten_and_what_goes_makes_room() {
    workspace(spec().with(s -> s.limits(LimitsBuilder.builder().servers(LIMIT).build())));
    IntStream.range(0, ASKED).parallel().forEach(i -> server("web-%02d".formatted(i), "sim"));
    await().atMost(PATIENCE).until(() -> ready() == LIMIT && refused() == ASKED - LIMIT);
    assertThat(machines()).isEqualTo(LIMIT);
    assertThat(messages())
        .contains("quota servers: acme allows 10, uses 10, reserved 0, requested 1");
    Server gone = servers().stream().filter(s -> isReady(s)).findFirst().orElseThrow();
    operator.client.resource(gone).delete();
    await().atMost(PATIENCE).until(() -> servers().size() == ASKED - 1 && ready() == LIMIT);
    assertThat(machines()).isEqualTo(LIMIT);
  }

  @Test
  void a_workspace_goes_only_after_what_is_in_it() {
    workspace(spec());
    server("web-01", "sim");
    await().atMost(PATIENCE).until(() -> ready() == 1);
    operator.client.resource(found()).delete();
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                Conditions.find(found().getStatus().conditions(), "Ready")
                    .map(Condition::message)
                    .orElse("")
                    .equals(
                        "Workspace acme cannot be deleted while these are in it: Server web-01;"
                            + " delete them first"));
    servers().forEach(server -> operator.client.resource(server).delete());
    await().atMost(PATIENCE).until(() -> found() == null);
  }

  @Test
  void a_broken_provider_degrades_only_what_uses_it() {
    workspace(
        spec()
            .with(
                s ->
                    s.providers(
                        List.of(
                            entry("sim", ProviderType.simulated),
                            entry("cloud", ProviderType.aws)))));
    server("good", "sim");
    server("bad", "cloud");
    await().atMost(PATIENCE).until(() -> ready() == 1);
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                messages().stream()
                    .anyMatch(
                        m ->
                            m.startsWith(
                                "provider cloud of Workspace acme: this release has no adapter for"
                                    + " type aws; it has existing, local and simulated")));
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                Conditions.find(found().getStatus().conditions(), "ProvidersReady")
                    .filter(c -> c.reason().equals("ProviderTypeUnsupported"))
                    .isPresent());
  }

  private static WorkspaceSpec spec() {
    return WorkspaceSpecBuilder.builder()
        .providers(List.of(entry("sim", ProviderType.simulated)))
        .build();
  }

  private static Provider entry(String name, ProviderType type) {
    return ProviderBuilder.builder().name(name).type(type).build();
  }

  private void workspace(WorkspaceSpec spec) {
    Workspace workspace = new Workspace();
    workspace.setMetadata(
        new ObjectMetaBuilder().withName("acme").withNamespace(operator.namespace).build());
    workspace.setSpec(spec);
    operator.client.resource(workspace).create();
  }

  private void server(String name, String provider) {
    Server server = new Server();
    server.setMetadata(
        new ObjectMetaBuilder().withName(name).withNamespace(operator.namespace).build());
    server.setSpec(ServerSpecBuilder.builder().provider(provider).build());
    operator.client.resource(server).create();
  }

  private Workspace found() {
    return operator
        .client
        .resources(Workspace.class)
        .inNamespace(operator.namespace)
        .withName("acme")
        .get();
  }

  private List<Server> servers() {
    return operator
        .client
        .resources(Server.class)
        .inNamespace(operator.namespace)
        .list()
        .getItems();
  }

  private static Optional<Condition> readiness(Server server) {
    return server.getStatus() == null
        ? Optional.empty()
        : Conditions.find(server.getStatus().conditions(), "Ready");
  }

  private static boolean isReady(Server server) {
    return readiness(server).filter(c -> c.status() == ConditionStatus.True).isPresent();
  }

  private long ready() {
    return servers().stream().filter(WorkspaceApiServerTest::isReady).count();
  }

  private long refused() {
    return servers().stream()
        .flatMap(server -> readiness(server).stream())
        .filter(c -> c.reason().equals("QuotaExceeded"))
        .count();
  }

  private long machines() {
    return servers().stream()
        .filter(s -> s.getStatus() != null && s.getStatus().machine() != null)
        .count();
  }

  private List<String> messages() {
    return servers().stream()
        .flatMap(server -> readiness(server).stream())
        .map(Condition::message)
        .toList();
  }
}
