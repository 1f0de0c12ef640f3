package dev.provisioning.planning.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.ConditionStatus;
import dev.provisioning.api.DriftMode;
import dev.provisioning.api.DriftPolicy;
import dev.provisioning.api.server.Phase;
import dev.provisioning.api.server.PowerState;
import dev.provisioning.api.server.Recreate;
import dev.provisioning.planning.ResourceRef;
import dev.provisioning.simulated.SimulatedSettings;
import dev.provisioning.spi.model.Capabilities.ResizeMode;
import dev.provisioning.spi.model.Change;
import dev.provisioning.spi.model.MachineId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How a machine follows its spec, and what it means when it does not. */
class ServerChangeTest {
  private final World world = World.instant();

  @Test
  void stoppingAndStartingFollowTheSpec() {
    world.settle().edit(s -> s.withPowerState(PowerState.Stopped)).settle();
    assertThat(world.status.phase()).isEqualTo(Phase.Stopped);
    assertThat(world.condition("Ready").reason()).isEqualTo("Stopped");
    world.edit(s -> s.withPowerState(PowerState.Running)).settle();
    assertThat(world.status.phase()).isEqualTo(Phase.Ready);
  }

  @Test
  void aLiveResizeNeedsNoStop() {
    world.settle().edit(s -> s.withPlan("sim-4x8")).decide();
    assertThat(names()).containsExactly("ResizeMachine");
    world.act();
    world.settle();
    assertThat(world.status.machine().plan()).isEqualTo("sim-4x8");
    assertThat(world.condition("Ready").status()).isEqualTo(ConditionStatus.True);
  }

  @Test
  void aFulfilledIntentIsDroppedAndCountedWithoutWaitingForTheNextIdleLook() {
    world.settle().edit(s -> s.withPlan("sim-1x2")).pass();
    world.pass(Duration.ofSeconds(1));
    Duration before = Duration.between(World.START, world.now);
    for (int looks = 0; looks < 2; looks++) {
      world.pass(world.plan.recheckAfter().orElseThrow());
    }
    assertThat(world.status.machine().plan()).isEqualTo("sim-1x2");
    assertThat(world.status.intent()).isNull();
    assertThat(Duration.between(World.START, world.now).minus(before))
        .isLessThan(Duration.ofSeconds(15));
  }

  @Test
  void aResizeOfAStoppedMachineShowsStopAndStart() {
    World stopped = new World(SimulatedSettings.instant().withResize(ResizeMode.STOPPED));
    stopped.settle().edit(s -> s.withPlan("sim-4x8")).decide();
    assertThat(stopped.plan.actions().stream().map(ServerAction::name))
        .containsExactly("StopMachine", "ResizeMachine", "StartMachine");
    stopped.act();
    stopped.settle();
    assertThat(stopped.status.machine().plan()).isEqualTo("sim-4x8");
    assertThat(stopped.status.phase()).isEqualTo(Phase.Ready);
    assertThat(stopped.status.drift()).isEmpty();
  }

  @Test
  void driftIsReportedRowByRowAndLeftAlone() {
    world.edit(s -> s.withTags(Map.of("team", "web"))).settle();
    MachineId id = new MachineId(world.status.machine().id());
    world.cloud.alter(id, new Change.Resize("sim-8x16"));
    world.cloud.alter(id, new Change.SetTags(Map.of("team", "db", "who", "me")));
    world.cloud.alter(id, new Change.Power(false));
    world.settle();
    assertThat(world.status.drift().stream().map(row -> row.field()))
        .containsExactly("plan", "powerState", "tags.team", "tags.who");
    assertThat(world.condition("InSync").reason()).isEqualTo("Drifted");
    assertThat(world.plan.actions()).isEmpty();
  }

  @Test
  void driftIsCorrectedWhereTheSpecSaysSo() {
    world.edit(
        s ->
            s.withTags(Map.of("team", "web"))
                .withDrift(new DriftPolicy(DriftMode.Correct, List.of())));
    world.settle();
    MachineId id = new MachineId(world.status.machine().id());
    world.cloud.alter(id, new Change.Resize("sim-8x16"));
    world.cloud.alter(id, new Change.SetTags(Map.of()));
    world.cloud.alter(id, new Change.Power(false));
    world.settle();
    assertThat(world.status.drift()).isEmpty();
    assertThat(world.condition("Ready").status()).isEqualTo(ConditionStatus.True);
    assertThat(world.status.machine().plan()).isEqualTo("sim-2x4");
  }

  @Test
  void aVanishedMachineIsReportedAndNotMadeAgain() {
    world.settle();
    world.cloud.vanish(new MachineId(world.status.machine().id()));
    world.settle();
    assertThat(world.condition("Stalled").reason()).isEqualTo("MachineNotFound");
    assertThat(world.condition("Ready").message()).contains("set spec.recreate: IfMissing");
    assertThat(world.cloud.machines()).isEmpty();
  }

  @Test
  void aVanishedMachineIsMadeAgainWhereTheSpecAllows() {
    world.edit(s -> s.withRecreate(Recreate.IfMissing)).settle();
    world.cloud.vanish(new MachineId(world.status.machine().id()));
    world.settle();
    assertThat(world.status.incarnation()).isEqualTo(2);
    assertThat(world.condition("Ready").status()).isEqualTo(ConditionStatus.True);
    assertThat(world.cloud.machines()).hasSize(1);
  }

  @Test
  void anApprovedSequenceNeedsNoSecondApprovalHalfWay() {
    World stopped = new World(SimulatedSettings.instant().withResize(ResizeMode.STOPPED));
    stopped.settle();
    stopped.policy = new WorkspaceView.Policy(false, true, false, List.of(), List.of());
    stopped.edit(s -> s.withPlan("sim-4x8")).settle();
    assertThat(stopped.status.machine().plan()).isEqualTo("sim-2x4");
    stopped.annotations.put(ResourceRef.APPROVE_PLAN, stopped.status.plan().hash());
    stopped.settle();
    assertThat(stopped.status.machine().plan()).isEqualTo("sim-4x8");
    assertThat(stopped.status.phase()).isEqualTo(Phase.Ready);
  }

  private List<String> names() {
    return world.plan.actions().stream().map(ServerAction::name).toList();
  }
}
