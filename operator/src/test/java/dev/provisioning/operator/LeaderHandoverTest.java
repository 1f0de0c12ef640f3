package dev.provisioning.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.provisioning.api.ConditionStatus;
import dev.provisioning.api.server.Server;
import dev.provisioning.api.server.ServerSpecBuilder;
import dev.provisioning.api.workspace.ProviderBuilder;
import dev.provisioning.api.workspace.ProviderType;
import dev.provisioning.api.workspace.Workspace;
import dev.provisioning.api.workspace.WorkspaceSpecBuilder;
import dev.provisioning.operator.clients.SimulatedClouds;
import dev.provisioning.planning.Conditions;
import dev.provisioning.simulated.Operation;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Two operators in one cluster: one leads, and what becomes of it decides how soon the other. */
@Tag("apiserver")
@Isolated("its clock is the real one: leases pass while it looks")
class LeaderHandoverTest {
  private static final Duration PATIENCE = Duration.ofSeconds(240);

  /** The lease is 15 s, a candidate tries every 2 s; the rest is for a busy computer. */
  private static final Duration TAKE_OVER = Duration.ofSeconds(30);

  private static final int MANY = 200;

  private final String namespace = "lead-" + Long.toString(System.nanoTime(), 36);
  private final KubernetesClient client =
      new KubernetesClientBuilder().withConfig(RunningOperator.kube()).build();

  @BeforeEach
  void prepare() {
    RunningOperator.prepare(client, namespace);
    Workspace workspace = new Workspace();
    workspace.setMetadata(
        new ObjectMetaBuilder().withName("acme").withNamespace(namespace).build());
    workspace.setSpec(
        WorkspaceSpecBuilder.builder()
            .providers(
                List.of(ProviderBuilder.builder().name("sim").type(ProviderType.simulated).build()))
            .build());
    client.resource(workspace).create();
  }

  @AfterEach
  void leaveNothing() {
    release(Server.class);
    release(Workspace.class);
    RunningOperator.leave(client, namespace);
    client.close();
  }

  @Test
  void a_leader_that_was_stopped_and_wakes_up_deposed_does_nothing_more() throws Exception {
    try (ChildProcess first = ChildProcess.start(namespace, "first");
        RunningOperator second = afterwards()) {
      createMany();
      await().atMost(PATIENCE).until(() -> withMachine() > MANY / 20);
      first.signal("STOP");
      Instant stopped = Instant.now();
      await().atMost(TAKE_OVER).until(() -> holder().equals("second"));
      create("later");
      await().atMost(PATIENCE).until(() -> isReady("later"));

      first.signal("CONT");

      List<String> told = first.awaitDeposed(PATIENCE);
      assertThat(ChildProcess.effects(told))
          .isNotEmpty()
          .allSatisfy(at -> assertThat(at).isBefore(stopped.plusMillis(100)));
      assertThat(ChildProcess.rejected(told)).isPositive();
      assertThat(second.lost).isFalse();
    }
  }

  @Test
  void a_killed_leader_is_followed_within_its_lease() throws Exception {
    try (ChildProcess first = ChildProcess.start(namespace, "first");
        RunningOperator second = afterwards()) {
      create("before");
      await().atMost(PATIENCE).until(() -> isReady("before"));
      first.signal("KILL");
      await().atMost(TAKE_OVER).until(() -> holder().equals("second"));
      create("later");
      await().atMost(PATIENCE).until(() -> isReady("later"));
      assertThat(second.meters().get("provisioning_leader").gauge().value()).isEqualTo(1);
    }
  }

  @Test
  void a_leader_that_ends_hands_over_at_once_and_each_machine_is_made_once() {
    SimulatedClouds clouds = new SimulatedClouds(Clock.systemUTC());
    RunningOperator first = RunningOperator.start(namespace, settings("first"), clouds);
    await().atMost(PATIENCE).until(() -> holder().equals("first"));
    try (RunningOperator second = RunningOperator.start(namespace, settings("second"), clouds)) {
      createMany();
      await().atMost(PATIENCE).until(() -> withMachine() > MANY / 20);
      first.stop();
      Instant left = Instant.now();
      await().atMost(TAKE_OVER).until(() -> holder().equals("second"));
      assertThat(Duration.between(left, Instant.now())).isLessThan(Duration.ofSeconds(5));
      await().atMost(PATIENCE).until(() -> ready() == MANY);
      assertThat(second.cloud("acme", "sim").ledger())
          .filteredOn(entry -> entry.operation() == Operation.CREATE)
          .hasSize(MANY);
      assertThat(first.lost).as("left by its own will").isFalse();
    }
  }

  private RunningOperator afterwards() {
    await().atMost(PATIENCE).until(() -> holder().equals("first"));
    return RunningOperator.start(
        namespace, settings("second"), new SimulatedClouds(Clock.systemUTC()));
  }

  private static java.util.Map<String, String> settings(String identity) {
    return ChildOperator.settings(identity);
  }

  private String holder() {
    Lease lease = client.leases().inNamespace(namespace).withName("provisioning-operator").get();
    String holder = lease == null ? null : lease.getSpec().getHolderIdentity();
    return holder == null ? "" : holder;
  }

  private void createMany() {
    IntStream.range(0, MANY).parallel().forEach(i -> create("many-%03d".formatted(i)));
  }

  private void create(String name) {
    Server server = new Server();
    server.setMetadata(new ObjectMetaBuilder().withName(name).withNamespace(namespace).build());
    server.setSpec(ServerSpecBuilder.builder().plan("sim-2x4").build());
    client.resource(server).create();
  }

  private List<Server> servers() {
    return client.resources(Server.class).inNamespace(namespace).list().getItems();
  }

  private long withMachine() {
    return servers().stream()
        .filter(s -> s.getStatus() != null && s.getStatus().machine() != null)
        .count();
  }

  private long ready() {
    return servers().stream().filter(LeaderHandoverTest::isReady).count();
  }

  private boolean isReady(String name) {
    return isReady(client.resources(Server.class).inNamespace(namespace).withName(name).get());
  }

  private static boolean isReady(Server server) {
    return server.getStatus() != null
        && Conditions.find(server.getStatus().conditions(), Conditions.READY)
            .filter(ready -> ready.status() == ConditionStatus.True)
            .isPresent();
  }

  /** The machines are in the memory of processes that are gone: nobody has to end them. */
  private <T extends io.fabric8.kubernetes.api.model.HasMetadata> void release(Class<T> type) {
    for (T one : client.resources(type).inNamespace(namespace).list().getItems()) {
      client.resource(one).delete();
      client
          .resource(one)
          .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"finalizers\":null}}");
    }
  }
}
