package dev.provisioning.operator;

import static dev.provisioning.operator.TestServers.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.provisioning.api.server.Adoption;
import dev.provisioning.api.server.DeletionPolicy;
import dev.provisioning.api.server.Management;
import dev.provisioning.simulated.LedgerEntry;
import dev.provisioning.simulated.SimulatedCloud;
import dev.provisioning.spi.model.Machine;
import dev.provisioning.spi.model.MachineId;
import dev.provisioning.spi.model.MachineState;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Where the machine of a Server comes from and goes to, by the whole operator on a real API server.
 */
@Tag("apiserver")
class ServerFeaturesTest {
  @RegisterExtension static final TestOperator operator = TestOperator.inWorkspace("feat");

  private static final TestServers servers = new TestServers(operator);

  @Test
  void a_machine_that_exists_is_adopted_as_it_is_and_stays_when_its_server_goes() {
    MachineId id = cloud().addUnowned("old", "sim-4x8", "sim-a");
    servers.create(
        "adopted", TestServers.spec().withPlan(null).withAdopt(new Adoption(id.value())));
    servers.awaitReady("adopted");
    assertThat(servers.get("adopted").getStatus().machine().id()).isEqualTo(id.value());
    assertThat(servers.get("adopted").getStatus().machine().plan()).isEqualTo("sim-4x8");
    assertThat(machine(id).owner()).get().extracting(o -> o.server()).isEqualTo("adopted");
    servers.end("adopted");
    assertThat(machine(id).state()).isEqualTo(MachineState.RUNNING);
    assertThat(machine(id).owner()).isEmpty();
  }

  @Test
  void a_machine_of_another_server_is_not_adopted() {
    servers.create("owner", TestServers.spec());
    servers.awaitReady("owner");
    MachineId id = servers.machine("owner");
    servers.create("thief", TestServers.spec().withPlan(null).withAdopt(new Adoption(id.value())));
    servers.awaitMessage("thief", "belongs to Server %s/owner".formatted(operator.namespace));
    assertThat(machine(id).owner()).get().extracting(o -> o.server()).isEqualTo("owner");
    servers.end("thief");
    assertThat(machine(id).state()).isEqualTo(MachineState.RUNNING);
  }

  @Test
  void an_observed_machine_is_told_of_and_never_touched() {
    MachineId id = cloud().addUnowned("foreign", "sim-2x4", "sim-b");
    servers.create(
        "watched",
        TestServers.spec()
            .withPlan("sim-4x8")
            .withManagement(Management.Observe)
            .withAdopt(new Adoption(id.value())));
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                servers.get("watched").getStatus().machine() != null && servers.settled("watched"));
    assertThat(servers.get("watched").getStatus().machine().plan()).isEqualTo("sim-2x4");
    assertThat(servers.get("watched").getStatus().machine().state()).isEqualTo("Running");
    servers.end("watched");
    assertThat(machine(id).state()).isEqualTo(MachineState.RUNNING);
    assertThat(effects(id)).isEmpty();
  }

  @Test
  void a_retained_machine_outlives_its_server_without_an_owner() {
    servers.create("kept", TestServers.spec().withDeletionPolicy(DeletionPolicy.Retain));
    servers.awaitReady("kept");
    MachineId id = servers.machine("kept");
    servers.end("kept");
    assertThat(machine(id).state()).isEqualTo(MachineState.RUNNING);
    assertThat(machine(id).owner()).isEmpty();
  }

  @Test
  void a_deleted_server_takes_its_machine_along() {
    servers.create("mortal", TestServers.spec());
    servers.awaitReady("mortal");
    MachineId id = servers.machine("mortal");
    servers.end("mortal");
    assertThat(cloud().machines()).extracting(Machine::id).doesNotContain(id);
  }

  private static SimulatedCloud cloud() {
    return operator.cloud("acme", "sim");
  }

  private static Machine machine(MachineId id) {
    return cloud().machines().stream().filter(m -> m.id().equals(id)).findFirst().orElseThrow();
  }

  private static List<LedgerEntry> effects(MachineId id) {
    return cloud().ledger().stream().filter(entry -> entry.machine().equals(id)).toList();
  }
}
