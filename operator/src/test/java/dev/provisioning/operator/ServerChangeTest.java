package dev.provisioning.operator;

import static dev.provisioning.operator.TestServers.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.provisioning.api.ConditionStatus;
import dev.provisioning.api.DriftEntry;
import dev.provisioning.api.DriftMode;
import dev.provisioning.api.DriftPolicy;
import dev.provisioning.api.server.PowerState;
import dev.provisioning.api.server.Recreate;
import dev.provisioning.simulated.LedgerEntry;
import dev.provisioning.simulated.Operation;
import dev.provisioning.simulated.SimulatedCloud;
import dev.provisioning.spi.model.Change;
import dev.provisioning.spi.model.Machine;
import dev.provisioning.spi.model.MachineId;
import dev.provisioning.spi.model.MachineState;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How a machine follows its Server, and drift, by the whole operator on a real API server. */
@Tag("apiserver")
class ServerChangeTest {
  @RegisterExtension static final TestOperator operator = TestOperator.inWorkspace("change");

  private static final TestServers servers = new TestServers(operator);

  @Test
  void a_running_machine_is_resized_in_place_with_one_change() {
    servers.create("grows", TestServers.spec());
    servers.awaitReady("grows");
    servers.edit("grows", s -> s.withPlan("sim-4x8"));
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                "sim-4x8".equals(servers.get("grows").getStatus().machine().plan())
                    && TestServers.isReady(servers.get("grows")));
    assertThat(effects(servers.machine("grows")))
        .extracting(LedgerEntry::operation)
        .containsExactly(Operation.CREATE, Operation.CHANGE);
    assertThat(servers.get("grows").getStatus().incarnation()).isEqualTo(1);
    assertThat(servers.get("grows").getStatus().usage().cores()).isEqualTo(4);
  }

  @Test
  void power_and_tags_follow_the_spec_and_are_no_drift() {
    servers.create("follows", TestServers.spec().withTags(Map.of("team", "web")));
    servers.awaitReady("follows");
    servers.edit("follows", s -> s.withTags(Map.of("team", "ops", "tier", "1")));
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                machine(servers.machine("follows"))
                    .tags()
                    .equals(Map.of("team", "ops", "tier", "1")));
    servers.edit("follows", s -> s.withPowerState(PowerState.Stopped));
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                machine(servers.machine("follows")).state() == MachineState.STOPPED
                    && servers.settled("follows"));
    servers.edit("follows", s -> s.withPowerState(PowerState.Running));
    await()
        .atMost(PATIENCE)
        .until(() -> machine(servers.machine("follows")).state() == MachineState.RUNNING);
    servers.awaitReady("follows");
    assertThat(servers.get("follows").getStatus().drift()).isEmpty();
  }

  @Test
  void drift_has_one_row_per_field_and_is_corrected_when_the_spec_says_so() {
    servers.create("drifts", TestServers.spec().withTags(Map.of("team", "web")));
    servers.awaitReady("drifts");
    MachineId id = servers.machine("drifts");
    cloud().alter(id, new Change.Resize("sim-4x8"));
    cloud().alter(id, new Change.SetTags(Map.of("team", "evil", "extra", "1")));
    cloud().alter(id, new Change.Power(false));
    servers.look("drifts");
    await().atMost(PATIENCE).until(() -> servers.get("drifts").getStatus().drift().size() == 4);
    assertThat(servers.get("drifts").getStatus().drift())
        .extracting(DriftEntry::field, DriftEntry::desired, DriftEntry::observed)
        .containsExactlyInAnyOrder(
            tuple("plan", "sim-2x4", "sim-4x8"),
            tuple("powerState", "Running", "Stopped"),
            tuple("tags.extra", null, "1"),
            tuple("tags.team", "web", "evil"));
    assertThat(servers.condition("drifts", "InSync").status()).isEqualTo(ConditionStatus.False);
    assertThat(effects(id)).extracting(LedgerEntry::operation).containsExactly(Operation.CREATE);
    servers.edit("drifts", s -> s.withDrift(new DriftPolicy(DriftMode.Correct, List.of())));
    await().atMost(PATIENCE).until(() -> servers.get("drifts").getStatus().drift().isEmpty());
    servers.awaitReady("drifts");
    assertThat(machine(id).plan()).isEqualTo("sim-2x4");
    assertThat(machine(id).tags()).isEqualTo(Map.of("team", "web"));
    assertThat(machine(id).state()).isEqualTo(MachineState.RUNNING);
  }

  @Test
  void drift_of_ignored_fields_is_nobodys_business() {
    servers.create(
        "ignores",
        TestServers.spec()
            .withTags(Map.of("team", "web"))
            .withDrift(new DriftPolicy(DriftMode.Report, List.of("tags.*"))));
    servers.awaitReady("ignores");
    cloud().alter(servers.machine("ignores"), new Change.SetTags(Map.of("team", "evil")));
    servers.look("ignores");
    assertThat(servers.get("ignores").getStatus().drift()).isEmpty();
    assertThat(servers.condition("ignores", "InSync").status()).isEqualTo(ConditionStatus.True);
  }

  @Test
  void a_vanished_machine_is_missed_and_made_anew_only_when_the_spec_allows_it() {
    servers.create("vanishes", TestServers.spec());
    servers.awaitReady("vanishes");
    MachineId id = servers.machine("vanishes");
    cloud().vanish(id);
    servers.look("vanishes");
    servers.awaitMessage("vanishes", "machine %s does not exist any more".formatted(id));
    assertThat(servers.condition("vanishes", "Ready").reason()).isEqualTo("MachineNotFound");
    assertThat(servers.condition("vanishes", "Stalled").status()).isEqualTo(ConditionStatus.True);
    servers.edit("vanishes", s -> s.withRecreate(Recreate.IfMissing));
    servers.awaitReady("vanishes");
    assertThat(servers.machine("vanishes")).isNotEqualTo(id);
    assertThat(servers.get("vanishes").getStatus().incarnation()).isEqualTo(2);
  }

  /** A watched Server looks for itself after five minutes at the earliest. */
  @Test
  void a_watched_machine_that_vanishes_is_missed_at_the_next_listing() {
    servers.create("watched", TestServers.spec());
    servers.awaitReady("watched");
    long listings = cloud().calls(Operation.LIST);
    await().atMost(PATIENCE).until(() -> cloud().calls(Operation.LIST) > listings);
    servers.look("watched");
    MachineId id = servers.machine("watched");
    cloud().vanish(id);
    servers.awaitMessage("watched", "machine %s does not exist any more".formatted(id));
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
