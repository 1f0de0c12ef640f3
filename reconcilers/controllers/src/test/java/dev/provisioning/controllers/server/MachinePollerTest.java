package dev.provisioning.controllers.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.controllers.ports.Providers;
import dev.provisioning.controllers.server.MachinePoller.Entry;
import dev.provisioning.simulated.Operation;
import dev.provisioning.simulated.SimulatedCloud;
import dev.provisioning.simulated.SimulatedProvider;
import dev.provisioning.simulated.SimulatedSettings;
import dev.provisioning.spi.model.Change;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.MachineId;
import dev.provisioning.spi.model.Owner;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which Servers are woken when the machines of their provider change. */
class MachinePollerTest {
  private static final Entry SIM = new Entry("shop", "acme", "sim");
  private static final Failure OUTAGE =
      new Failure.Transient("ConnectionRefused", "nobody answers", Duration.ofSeconds(5));

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final InstantSource time = () -> now;
  private final SimulatedCloud cloud = new SimulatedCloud(time, SimulatedSettings.instant());
  private final SimulatedProvider provider = new SimulatedProvider(cloud, "operator");
  private Providers.Access access =
      new Providers.Access.Open("simulated", provider, Optional.of(provider), false);
  private final List<String> woken = new ArrayList<>();
  private final MachinePoller poller =
      new MachinePoller(
          (namespace, workspace, name) -> access,
          (server, delay) -> woken.add(told(server, delay)),
          time.withZone(ZoneOffset.UTC));

  @Test
  void a_server_is_watched_from_the_first_listing_that_shows_its_machine() {
    assertThat(poller.watches(SIM, "web")).isFalse();
    machine("acme", "web");
    poller.ask(SIM);
    assertThat(poller.watches(SIM, "web")).isTrue();
    assertThat(poller.watches(SIM, "other")).isFalse();
    assertThat(woken).isEmpty();
  }

  @Test
  void p21_an_entry_is_asked_once_a_round_however_many_servers_it_has() {
    for (int i = 0; i < 50; i++) {
      machine("acme", "web-" + i);
    }
    assertThat(poller.watches(SIM, "web-0")).isFalse();
    for (int i = 0; i < 10; i++) {
      poller.ask(SIM);
      now = now.plus(MachinePoller.INTERVAL);
    }
    assertThat(cloud.calls(Operation.LIST)).isEqualTo(10);
    assertThat(cloud.calls(Operation.FIND)).isZero();
    assertThat(woken).as("nothing changed").isEmpty();
  }

  @Test
  void a_machine_that_changed_or_is_gone_wakes_its_server_alone_and_once() {
    MachineId web = watched("web");
    MachineId db = watched("db");
    cloud.alter(web, new Change.SetTags(Map.of("team", "blue")));
    poller.ask(SIM);
    assertThat(woken).containsExactly("shop/web at once");
    cloud.vanish(db);
    poller.ask(SIM);
    poller.ask(SIM);
    assertThat(woken).containsExactly("shop/web at once", "shop/db at once");
    assertThat(poller.watches(SIM, "db")).isFalse();
  }

  @Test
  void while_the_provider_does_not_answer_servers_look_for_themselves_again() {
    watched("web");
    cloud.breakDown(OUTAGE);
    poller.ask(SIM);
    poller.ask(SIM);
    assertThat(woken).containsExactly("shop/web within PT30S");
    assertThat(poller.watches(SIM, "web")).isFalse();
    cloud.recover();
    poller.ask(SIM);
    assertThat(poller.watches(SIM, "web")).isTrue();
  }

  @Test
  void an_entry_that_is_closed_watches_nobody() {
    watched("web");
    access = new Providers.Access.Closed(OUTAGE);
    poller.ask(SIM);
    assertThat(woken).containsExactly("shop/web within PT30S");
    assertThat(poller.watches(SIM, "web")).isFalse();
  }

  @Test
  void an_old_listing_watches_nobody() {
    watched("web");
    now = now.plus(MachinePoller.INTERVAL.multipliedBy(3));
    assertThat(poller.watches(SIM, "web")).isFalse();
  }

  @Test
  void a_machine_of_another_workspace_in_the_same_account_is_its_own_entrys_business() {
    watched("web");
    MachineId other = machine("beta", "other");
    poller.ask(SIM);
    cloud.vanish(other);
    poller.ask(SIM);
    assertThat(poller.watches(SIM, "other")).isFalse();
    assertThat(woken).isEmpty();
  }

  private MachineId watched(String server) {
    MachineId id = machine("acme", server);
    poller.watches(SIM, server);
    poller.ask(SIM);
    return id;
  }

  private MachineId machine(String workspace, String server) {
    MachineId id = cloud.addUnowned(server, "sim-2x4", "sim-a");
    provider.claim(id, new Owner("operator", "shop", workspace, server, server, 1));
    return id;
  }

  private static String told(ResourceID server, Duration delay) {
    return "%s/%s %s"
        .formatted(
            server.getNamespace().orElseThrow(),
            server.getName(),
            delay.isZero() ? "at once" : "within " + delay);
  }
}
