package dev.provisioning.operator;

import static dev.provisioning.operator.TestServers.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.provisioning.api.Condition;
import dev.provisioning.api.Mode;
import dev.provisioning.api.server.Phase;
import dev.provisioning.api.server.PowerState;
import dev.provisioning.api.server.Server;
import dev.provisioning.planning.Conditions;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Servers of the simulated provider on a real API server, by the whole operator. */
@Tag("apiserver")
class ServerApiServerTest {
  private static final int MANY = Integer.getInteger("servers", 1_000);
  private static final int WRITES_EACH = 3;

  /** Longer than the time after which an idle Server is looked at again. */
  private static final Duration IDLE = Duration.ofSeconds(65);

  @RegisterExtension final TestOperator operator = TestOperator.inWorkspace("srv");

  private final TestServers servers = new TestServers(operator);

  @Test
  void a_server_is_made_stopped_resized_started_and_deleted() {
    servers.create("web-01", TestServers.spec());
    servers.awaitReady("web-01");
    assertThat(servers.get("web-01").getStatus().machine().id()).startsWith("sim-");
    servers.edit("web-01", s -> s.withPowerState(PowerState.Stopped));
    await()
        .atMost(PATIENCE)
        .until(() -> servers.get("web-01").getStatus().phase() == Phase.Stopped);
    servers.edit("web-01", s -> s.withPowerState(PowerState.Running).withPlan("sim-4x8"));
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                TestServers.isReady(servers.get("web-01"))
                    && "sim-4x8".equals(servers.get("web-01").getStatus().machine().plan()));
    operator.client.resource(servers.get("web-01")).delete();
    await().atMost(PATIENCE).until(() -> servers.get("web-01") == null);
  }

  @Test
  void plan_mode_touches_nothing_and_apply_follows() {
    servers.create("web-02", TestServers.spec().withMode(Mode.Plan));
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                servers.get("web-02").getStatus().phase() == Phase.Planned
                    && servers.get("web-02").getStatus().plan().hash() != null);
    assertThat(servers.get("web-02").getMetadata().getFinalizers()).isEmpty();
    assertThat(servers.get("web-02").getStatus().machine()).isNull();
    servers.edit("web-02", s -> s.withMode(Mode.Apply));
    servers.awaitReady("web-02");
  }

  @Test
  void a_protected_server_says_how_it_can_go_and_goes_then() {
    servers.create("web-03", TestServers.spec().withDeletionProtection(true));
    servers.awaitReady("web-03");
    operator.client.resource(servers.get("web-03")).delete();
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                servers
                    .condition("web-03", "Ready")
                    .message()
                    .contains("set spec.deletionProtection: false"));
    servers.edit("web-03", s -> s.withDeletionProtection(false));
    await().atMost(PATIENCE).until(() -> servers.get("web-03") == null);
  }

  @Test
  void a_killed_operator_leaves_no_second_machine() {
    servers.create("web-04", TestServers.spec());
    operator.stop();
    operator.start();
    servers.awaitReady("web-04");
    assertThat(servers.get("web-04").getStatus().incarnation()).isEqualTo(1);
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
      IntStream.range(0, MANY)
          .parallel()
          .forEach(i -> servers.create("many-%04d".formatted(i), TestServers.spec()));
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

  private long ready() {
    return servers.all().stream().filter(TestServers::isReady).count();
  }

  private static Condition condition(Server server, String type) {
    return Conditions.find(server.getStatus().conditions(), type).orElseThrow();
  }
}
