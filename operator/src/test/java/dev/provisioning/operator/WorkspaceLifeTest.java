package dev.provisioning.operator;

import static dev.provisioning.operator.TestServers.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.provisioning.api.Condition;
import dev.provisioning.api.workspace.ProviderType;
import dev.provisioning.planning.Conditions;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A Workspace and its providers: suspended, broken, probed and gone. */
@Tag("apiserver")
class WorkspaceLifeTest {
  private static final String HELD = "Workspace acme is suspended: nothing is done until it is not";

  @RegisterExtension final TestOperator operator = TestOperator.inNamespace("ws");

  private final TestServers servers = new TestServers(operator);
  private final TestWorkspace workspace = new TestWorkspace(operator, servers);

  @Test
  void a_workspace_goes_only_after_what_is_in_it() {
    workspace.create(TestWorkspace.spec());
    workspace.server("web-01", "sim");
    await().atMost(PATIENCE).until(() -> workspace.ready() == 1);
    operator.client.resource(workspace.get()).delete();
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                workspace
                    .condition("Ready")
                    .map(Condition::message)
                    .orElse("")
                    .equals(
                        "Workspace acme cannot be deleted while these are in it: Server web-01;"
                            + " delete them first"));
    servers.all().forEach(server -> operator.client.resource(server).delete());
    await().atMost(PATIENCE).until(() -> workspace.get() == null);
  }

  @Test
  void a_broken_provider_degrades_only_what_uses_it() {
    workspace.create(
        TestWorkspace.spec()
            .with(
                s ->
                    s.providers(
                        List.of(
                            TestWorkspace.entry("sim", ProviderType.simulated),
                            TestWorkspace.entry("cloud", ProviderType.aws)))));
    workspace.server("good", "sim");
    workspace.server("bad", "cloud");
    await().atMost(PATIENCE).until(() -> workspace.ready() == 1);
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                workspace.messages().stream()
                    .anyMatch(
                        m ->
                            m.startsWith(
                                "provider cloud of Workspace acme: this release has no adapter for"
                                    + " type aws; it has existing, local and simulated")));
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                workspace
                    .condition("ProvidersReady")
                    .filter(c -> c.reason().equals("ProviderTypeUnsupported"))
                    .isPresent());
  }

  @Test
  void a_suspended_workspace_holds_its_servers_and_still_lets_them_go() {
    workspace.create(TestWorkspace.spec().withSuspend(true));
    workspace.server("web-01", "sim");
    await().atMost(PATIENCE).until(() -> workspace.messages().contains(HELD));
    workspace.server("web-02", "sim");
    await().atMost(PATIENCE).until(() -> workspace.messages().equals(List.of(HELD, HELD)));
    servers.all().stream().findFirst().ifPresent(one -> operator.client.resource(one).delete());
    await().atMost(PATIENCE).until(() -> servers.all().size() == 1);
    assertThat(workspace.creates()).isZero();
    assertThat(Conditions.find(servers.all().getFirst().getStatus().conditions(), "Suspended"))
        .isPresent();
    workspace.edit(s -> s.withSuspend(false));
    await().atMost(PATIENCE).until(() -> workspace.ready() == 1);
    workspace.edit(s -> s.withSuspend(true));
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                workspace.get().getStatus().conditions().stream()
                    .anyMatch(c -> c.type().equals("Suspended")));
    operator.client.resource(servers.all().getFirst()).delete();
    await().atMost(PATIENCE).until(() -> servers.all().isEmpty());
  }

  @Test
  void a_readiness_probe_changes_nothing_at_its_provider() {
    workspace.create(TestWorkspace.spec());
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                workspace.get().getStatus().providers().stream()
                    .anyMatch(p -> Boolean.TRUE.equals(p.ready())));
    assertThat(operator.cloud("acme", "sim").ledger()).isEmpty();
  }
}
