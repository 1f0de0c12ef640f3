package dev.provisioning.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.provisioning.api.Condition;
import dev.provisioning.api.ConditionStatus;
import dev.provisioning.api.Mode;
import dev.provisioning.api.server.Phase;
import dev.provisioning.api.server.PowerState;
import dev.provisioning.api.server.Server;
import dev.provisioning.api.server.ServerSpec;
import dev.provisioning.api.server.ServerSpecBuilder;
import dev.provisioning.api.workspace.ProviderBuilder;
import dev.provisioning.api.workspace.ProviderType;
import dev.provisioning.api.workspace.Workspace;
import dev.provisioning.api.workspace.WorkspaceSpecBuilder;
import dev.provisioning.planning.Conditions;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Servers of the simulated provider on a real API server, by the whole operator. */
@Tag("apiserver")
class ServerApiServerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final int MANY = Integer.getInteger("servers", 1_000);
  private static final int WRITES_EACH = 3;

  /** Longer than the time after which an idle Server is looked at again. */
  private static final Duration IDLE = Duration.ofSeconds(65);

  private RunningOperator operator;

  @BeforeEach
  void start() {
    operator = new RunningOperator("srv-" + Long.toString(System.nanoTime(), 36));
    Workspace workspace = new Workspace();
    workspace.setMetadata(
        new ObjectMetaBuilder().withName("acme").withNamespace(operator.namespace).build());
    workspace.setSpec(
        WorkspaceSpecBuilder.builder()
            .providers(
                List.of(ProviderBuilder.builder().name("sim").type(ProviderType.simulated).build()))
            .build());
    operator.client.resource(workspace).create();
  }

  @AfterEach
  void stop() {
    operator.client.resources(Server.class).inNamespace(operator.namespace).delete();
    await().atMost(PATIENCE).until(() -> servers().isEmpty());
    operator.client.resources(Workspace.class).inNamespace(operator.namespace).delete();
    operator.close();
  }

  @Test
  void a_server_is_made_stopped_resized_started_and_deleted() {
    create("web-01", spec());
    awaitReady("web-01");
    assertThat(get("web-01").getStatus().machine().id()).startsWith("sim-");
    edit("web-01", s -> s.withPowerState(PowerState.Stopped));
    await().atMost(PATIENCE).until(() -> get("web-01").getStatus().phase() == Phase.Stopped);
    edit("web-01", s -> s.withPowerState(PowerState.Running).withPlan("sim-4x8"));
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                isReady(get("web-01"))
                    && "sim-4x8".equals(get("web-01").getStatus().machine().plan()));
    operator.client.resource(get("web-01")).delete();
    await().atMost(PATIENCE).until(() -> get("web-01") == null);
  }

  @Test
  void plan_mode_touches_nothing_and_apply_follows() {
    create("web-02", spec().withMode(Mode.Plan));
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                get("web-02").getStatus().phase() == Phase.Planned
                    && get("web-02").getStatus().plan().hash() != null);
    assertThat(get("web-02").getMetadata().getFinalizers()).isEmpty();
    assertThat(get("web-02").getStatus().machine()).isNull();
    edit("web-02", s -> s.withMode(Mode.Apply));
    awaitReady("web-02");
  }

  @Test
  void a_protected_server_says_how_it_can_go_and_goes_then() {
    create("web-03", spec().withDeletionProtection(true));
    awaitReady("web-03");
    operator.client.resource(get("web-03")).delete();
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                condition(get("web-03"), "Ready")
                    .message()
                    .contains("set spec.deletionProtection: false"));
    edit("web-03", s -> s.withDeletionProtection(false));
    await().atMost(PATIENCE).until(() -> get("web-03") == null);
  }

  @Test
  void a_killed_operator_leaves_no_second_machine() {
    create("web-04", spec());
    operator.stop();
    operator.start();
    awaitReady("web-04");
    assertThat(get("web-04").getStatus().incarnation()).isEqualTo(1);
  }

  @Test
  void many_servers_become_ready_with_three_writes_each_and_cost_none_when_idle() {
    Map<String, List<String>> writes = new ConcurrentHashMap<>();
    Watch watch =
        operator
            .client
            .resources(Server.class)
            .inNamespace(operator.namespace)
            .watch(counting(writes));
    try (watch) {
      IntStream.range(0, MANY).parallel().forEach(i -> create("many-%04d".formatted(i), spec()));
      await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(() -> ready() == MANY);
      assertThat(writes).hasSize(MANY);
      assertThat(writes.values()).filteredOn(each -> each.size() > WRITES_EACH).isEmpty();
      writes.clear();
      Instant until = Instant.now().plus(IDLE);
      await()
          .atMost(IDLE.plusSeconds(10))
          .pollInterval(Duration.ofSeconds(5))
          .until(() -> !writes.isEmpty() || Instant.now().isAfter(until));
      assertThat(writes).as("writes of idle Servers").isEmpty();
    }
  }

  private static Watcher<Server> counting(Map<String, List<String>> writes) {
    return new Watcher<>() {
      @Override
      public void eventReceived(Action action, Server server) {
        if (action == Action.MODIFIED) {
          writes
              .computeIfAbsent(server.getMetadata().getName(), n -> new CopyOnWriteArrayList<>())
              .add(state(server));
        }
      }

      @Override
      public void onClose(WatcherException cause) {
        throw new AssertionError("the watch that counts broke", cause);
      }
    };
  }

  private static String state(Server server) {
    return server.getStatus() == null || server.getStatus().conditions().isEmpty()
        ? "no status yet"
        : server.getStatus().phase()
            + ": "
            + condition(server, "Ready").message()
            + " "
            + server.getStatus().intent();
  }

  private static ServerSpec spec() {
    return ServerSpecBuilder.builder().plan("sim-2x4").build();
  }

  private void create(String name, ServerSpec spec) {
    Server server = new Server();
    server.setMetadata(
        new ObjectMetaBuilder().withName(name).withNamespace(operator.namespace).build());
    server.setSpec(spec);
    operator.client.resource(server).create();
  }

  private void edit(String name, UnaryOperator<ServerSpec> change) {
    operator
        .client
        .resources(Server.class)
        .inNamespace(operator.namespace)
        .withName(name)
        .edit(
            server -> {
              server.setSpec(change.apply(server.getSpec()));
              return server;
            });
  }

  private Server get(String name) {
    return operator
        .client
        .resources(Server.class)
        .inNamespace(operator.namespace)
        .withName(name)
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

  private long ready() {
    return servers().stream().filter(ServerApiServerTest::isReady).count();
  }

  private void awaitReady(String name) {
    await().atMost(PATIENCE).until(() -> isReady(get(name)));
  }

  private static boolean isReady(Server server) {
    return server.getStatus() != null
        && server.getMetadata().getGeneration().equals(server.getStatus().observedGeneration())
        && Conditions.find(server.getStatus().conditions(), "Ready")
            .filter(c -> c.status() == ConditionStatus.True)
            .isPresent();
  }

  private static Condition condition(Server server, String type) {
    return Conditions.find(server.getStatus().conditions(), type).orElseThrow();
  }
}
