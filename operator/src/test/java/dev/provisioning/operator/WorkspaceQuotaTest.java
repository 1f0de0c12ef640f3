package dev.provisioning.operator;

import static dev.provisioning.operator.TestServers.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.provisioning.api.server.Server;
import dev.provisioning.api.server.ServerSpec;
import dev.provisioning.api.workspace.LimitsBuilder;
import dev.provisioning.api.workspace.ProviderType;
import dev.provisioning.api.workspace.WorkspaceSpec;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The limits of a Workspace, whoever asks at the same time and whoever dies meanwhile. */
@Tag("apiserver")
class WorkspaceQuotaTest {
  private static final int LIMIT = 10;
  private static final int ASKED = 50;

  @RegisterExtension final TestOperator operator = TestOperator.inNamespace("quota");

  private final TestServers servers = new TestServers(operator);
  private final TestWorkspace workspace = new TestWorkspace(operator, servers);

  @Test
  void fifty_parallel_creates_never_exceed_a_limit_of_ten_and_what_goes_makes_room() {
    workspace.create(
        TestWorkspace.spec().with(s -> s.limits(LimitsBuilder.builder().servers(LIMIT).build())));
    ask(s -> s.withProvider("sim"));
    await()
        .atMost(PATIENCE)
        .until(() -> workspace.ready() == LIMIT && workspace.refused() == ASKED - LIMIT);
    assertThat(machines()).isEqualTo(LIMIT);
    assertThat(workspace.messages())
        .contains(
            "quota servers: acme allows 10, uses 10, reserved 0, requested 1; it goes on when there"
                + " is room: raise spec.limits.servers of Workspace acme or delete a Server");
    Server gone = servers.all().stream().filter(TestServers::isReady).findFirst().orElseThrow();
    operator.client.resource(gone).delete();
    await()
        .atMost(PATIENCE)
        .until(() -> servers.all().size() == ASKED - 1 && workspace.ready() == LIMIT);
    assertThat(machines()).isEqualTo(LIMIT);
  }

  @Test
  void an_operator_killed_while_it_makes_ten_of_fifty_servers_leaves_the_tenth_to_its_successors() {
    workspace.create(slow().with(s -> s.limits(LimitsBuilder.builder().servers(LIMIT).build())));
    ask(s -> s.withProvider("sim"));
    killedTwice();
    assertThat(workspace.messages())
        .contains(
            "quota servers: acme allows 10, uses 10, reserved 0, requested 1; it goes on when there"
                + " is room: raise spec.limits.servers of Workspace acme or delete a Server");
  }

  @Test
  void a_successor_counts_the_cores_of_machines_whose_provider_it_has_not_asked_yet() {
    int cores = 4;
    workspace.create(
        slow().with(s -> s.limits(LimitsBuilder.builder().cores(cores * LIMIT).build())));
    ask(s -> s.withPlan("sim-4x8"));
    killedTwice();
    assertThat(workspace.messages())
        .contains(
            "quota cores: acme allows 40, uses 40, reserved 0, requested 4; it goes on when there is"
                + " room: raise spec.limits.cores of Workspace acme or delete a Server");
  }

  @Test
  void a_machine_grows_only_within_the_limits_of_its_workspace() {
    workspace.create(TestWorkspace.spec().withLimits(LimitsBuilder.builder().cores(6).build()));
    workspace.server("web-01", s -> s.withPlan("sim-2x4"));
    workspace.server("web-02", s -> s.withPlan("sim-2x4"));
    await().atMost(PATIENCE).until(() -> workspace.ready() == 2);
    servers.edit("web-01", s -> s.withPlan("sim-4x8"));
    await()
        .atMost(PATIENCE)
        .until(() -> plan("web-01").equals("sim-4x8") && workspace.ready() == 2);
    servers.edit("web-02", s -> s.withPlan("sim-4x8"));
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                workspace
                    .messages()
                    .contains(
                        "quota cores: acme allows 6, uses 6, reserved 0, requested 2; it goes on"
                            + " when there is room: raise spec.limits.cores of Workspace acme or"
                            + " delete a Server"));
    assertThat(plan("web-02")).isEqualTo("sim-2x4");
  }

  @Test
  void a_machine_that_shrinks_makes_room_for_another_to_grow() {
    a_machine_grows_only_within_the_limits_of_its_workspace();
    servers.edit("web-01", s -> s.withPlan("sim-2x4"));
    await()
        .atMost(PATIENCE)
        .until(() -> plan("web-02").equals("sim-4x8") && workspace.ready() == 2);
  }

  /** Many for so few places, all at once. */
  private void ask(UnaryOperator<ServerSpec> wish) {
    IntStream.range(0, ASKED)
        .parallel()
        .forEach(i -> workspace.server("web-%02d".formatted(i), wish));
  }

  /** Ends with exactly as many machines as are allowed, however many were ever made. */
  private void killedTwice() {
    for (int before : List.of(1, LIMIT / 2)) {
      await().atMost(PATIENCE).until(() -> workspace.creates() >= before);
      operator.kill();
      operator.start();
    }
    await()
        .atMost(PATIENCE)
        .until(() -> workspace.ready() == LIMIT && workspace.refused() == ASKED - LIMIT);
    assertThat(machines()).isEqualTo(LIMIT);
    assertThat(workspace.creates()).as("machines ever made").isEqualTo(LIMIT);
  }

  /** Machines that take a while, so that there is something to be interrupted. */
  private static WorkspaceSpec slow() {
    return TestWorkspace.spec()
        .with(
            s ->
                s.providers(
                    List.of(
                        TestWorkspace.entry("sim", ProviderType.simulated)
                            .withSettings(Map.of("bootLag", "3s")))));
  }

  private String plan(String name) {
    return servers.all().stream()
        .filter(s -> s.getMetadata().getName().equals(name))
        .map(s -> s.getStatus().machine().plan())
        .findFirst()
        .orElse("");
  }

  private long machines() {
    return servers.all().stream()
        .filter(s -> s.getStatus() != null && s.getStatus().machine() != null)
        .count();
  }
}
