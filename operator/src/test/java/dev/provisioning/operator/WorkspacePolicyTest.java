package dev.provisioning.operator;

import static dev.provisioning.operator.TestServers.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.provisioning.api.PlanStatus;
import dev.provisioning.api.server.Server;
import dev.provisioning.api.workspace.PolicyBuilder;
import dev.provisioning.api.workspace.ProviderType;
import dev.provisioning.planning.ResourceRef;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the policy of a Workspace asks of its Servers. */
@Tag("apiserver")
class WorkspacePolicyTest {
  @RegisterExtension final TestOperator operator = TestOperator.inNamespace("policy");

  private final TestServers servers = new TestServers(operator);
  private final TestWorkspace workspace = new TestWorkspace(operator, servers);

  @Test
  void missing_tags_and_providers_that_are_not_certified_are_refused_until_they_are_mended() {
    workspace.create(
        TestWorkspace.spec()
            .withPolicy(
                PolicyBuilder.builder()
                    .requiredTags(List.of("team"))
                    .certifiedProvidersOnly(true)
                    .build()));
    workspace.server("web-01", "sim");
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                workspace
                    .messages()
                    .contains("spec.tags: Workspace acme requires the tags team; add them"));
    servers.edit("web-01", s -> s.withTags(Map.of("team", "web")));
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                workspace
                    .messages()
                    .contains(
                        "Workspace acme allows certified providers only and sim is not one; use"
                            + " another or set certified: true on it"));
    assertThat(workspace.creates()).isZero();
    workspace.edit(
        s ->
            s.withProviders(
                List.of(TestWorkspace.entry("sim", ProviderType.simulated).withCertified(true))));
    await().atMost(PATIENCE).until(() -> workspace.ready() == 1);
  }

  @Test
  void the_policy_of_a_workspace_protects_servers_that_say_nothing() {
    workspace.create(
        TestWorkspace.spec().withPolicy(PolicyBuilder.builder().deletionProtection(true).build()));
    workspace.server("web-01", "sim");
    await().atMost(PATIENCE).until(() -> workspace.ready() == 1);
    operator.client.resource(servers.all().getFirst()).delete();
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                workspace
                    .messages()
                    .contains(
                        "deletion is protected: set spec.deletionProtection: false to let it go"
                            + " on"));
    assertThat(operator.cloud("acme", "sim").machines()).hasSize(1);
    servers.edit("web-01", s -> s.withDeletionProtection(false));
    await().atMost(PATIENCE).until(() -> servers.all().isEmpty());
  }

  @Test
  void a_plan_is_carried_out_once_it_is_approved_with_its_price() {
    workspace.create(
        TestWorkspace.spec().withPolicy(PolicyBuilder.builder().requireApproval(true).build()));
    servers.create("web-01", TestServers.spec());
    servers.awaitMessage("web-01", "the plan waits for approval");
    PlanStatus plan = servers.get("web-01").getStatus().plan();
    assertThat(plan.cost().currency()).isEqualTo("EUR");
    approve("web-01", "0123456789abcdef");
    servers.look("web-01");
    assertThat(workspace.creates()).isZero();
    assertThat(servers.get("web-01").getStatus().plan()).isEqualTo(plan);
    approve("web-01", plan.hash());
    servers.awaitReady("web-01");
    servers.edit("web-01", s -> s.withPlan("sim-4x8"));
    servers.awaitMessage("web-01", "the plan waits for approval");
    approve("web-01", servers.get("web-01").getStatus().plan().hash());
    servers.awaitReady("web-01");
    assertThat(servers.get("web-01").getStatus().machine().plan()).isEqualTo("sim-4x8");
  }

  private void approve(String name, String hash) {
    operator.edit(
        Server.class,
        name,
        server -> {
          server.getMetadata().getAnnotations().put(ResourceRef.APPROVE_PLAN, hash);
          return server;
        });
  }
}
