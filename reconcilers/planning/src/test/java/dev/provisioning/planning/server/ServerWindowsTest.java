package dev.provisioning.planning.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.ConditionStatus;
import dev.provisioning.api.server.Phase;
import dev.provisioning.api.server.PowerState;
import dev.provisioning.api.workspace.MaintenanceWindow;
import dev.provisioning.planning.ResourceRef;
import dev.provisioning.simulated.SimulatedSettings;
import dev.provisioning.spi.model.Capabilities.ResizeMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A machine that runs is stopped or ended in maintenance windows only; the clock starts at 0:00.
 */
class ServerWindowsTest {
  private static final MaintenanceWindow AT_TWO = new MaintenanceWindow("0 2 * * *", "1h", null);
  private static final Instant OPENS = Instant.parse("2026-01-01T02:00:00Z");

  private final World world = new World(SimulatedSettings.instant().withResize(ResizeMode.STOPPED));

  ServerWindowsTest() {
    approving(false);
  }

  @Test
  void aResizeThatStopsTheMachineWaitsUntilAWindowOpens() {
    world.settle().edit(s -> s.withPlan("sim-4x8")).settle();
    waits();
    assertThat(world.plan.actions().stream().map(ServerAction::name))
        .containsExactly("StopMachine", "ResizeMachine", "StartMachine");
    opened().settle();
    assertThat(world.status.machine().plan()).isEqualTo("sim-4x8");
    ready();
  }

  @Test
  void theNextLookIsNotAfterTheWindowOpens() {
    world.settle().edit(s -> s.withPlan("sim-4x8")).settle();
    world.watched = true;
    world.now = OPENS.minusSeconds(20);
    world.pass(Duration.ZERO);
    assertThat(world.plan.recheckAfter()).contains(Duration.ofSeconds(20));
  }

  @Test
  void whatBeganInAWindowIsCarriedThroughAfterIt() {
    world.settle().edit(s -> s.withPlan("sim-4x8"));
    world.now = OPENS.plus(Duration.ofMinutes(59));
    world.pass(Duration.ZERO);
    world.now = OPENS.plus(Duration.ofHours(2));
    world.settle();
    assertThat(world.status.machine().plan()).isEqualTo("sim-4x8");
    ready();
  }

  @Test
  void aMachineMayBeSwitchedOffAtAnyTimeByWhoeverSaysSo() {
    world.settle().edit(s -> s.withPowerState(PowerState.Stopped)).settle();
    assertThat(world.condition("Ready").reason()).isEqualTo("Stopped");
    world.edit(s -> s.withPlan("sim-4x8")).settle();
    assertThat(world.status.machine().plan()).as("nothing runs there").isEqualTo("sim-4x8");
    world.edit(s -> s.withPowerState(PowerState.Running)).settle();
    ready();
  }

  @Test
  void whatStopsNothingWaitsForNothing() {
    World live = World.instant();
    live.policy = policy(false);
    live.settle().edit(s -> s.withPlan("sim-4x8").withTags(Map.of("team", "web"))).settle();
    assertThat(live.status.machine().plan()).isEqualTo("sim-4x8");
    assertThat(live.condition("Ready").status()).isEqualTo(ConditionStatus.True);
  }

  @Test
  void aMachineIsMadeAndDeletedAtAnyTime() {
    world.settle();
    ready();
    world.delete().settle();
    assertThat(world.gone).isTrue();
  }

  @Test
  void anAllowedReplacementWaitsToo() {
    world.settle().edit(s -> s.withImage("debian-13")).settle();
    String first = world.status.machine().id();
    world.annotations.put(ResourceRef.ALLOW_REPLACE, world.status.plan().hash());
    world.settle();
    waits();
    assertThat(world.status.machine().id()).isEqualTo(first);
    opened().settle();
    assertThat(world.status.machine().id()).isNotEqualTo(first);
    ready();
  }

  @Test
  void aMachineThatDoesNotRunIsReplacedAtAnyTime() {
    world.settle().edit(s -> s.withPowerState(PowerState.Stopped)).settle();
    String first = world.status.machine().id();
    world.edit(s -> s.withImage("debian-13")).settle();
    world.annotations.put(ResourceRef.ALLOW_REPLACE, world.status.plan().hash());
    world.settle();
    assertThat(world.status.machine().id()).isNotEqualTo(first);
  }

  @Test
  void approvalIsGivenBeforeAndOpensNoWindow() {
    world.settle();
    approving(true);
    world.edit(s -> s.withPlan("sim-4x8")).settle();
    assertThat(world.condition("Ready").reason()).isEqualTo("ApprovalRequired");
    world.annotations.put(ResourceRef.APPROVE_PLAN, world.status.plan().hash());
    world.settle();
    waits();
    opened().settle();
    assertThat(world.status.machine().plan()).isEqualTo("sim-4x8");
    ready();
  }

  private World opened() {
    world.now = OPENS;
    return world;
  }

  private void approving(boolean required) {
    world.policy = policy(required);
  }

  private static WorkspaceView.Policy policy(boolean approval) {
    return new WorkspaceView.Policy(false, approval, false, List.of(), List.of(AT_TWO));
  }

  private void waits() {
    assertThat(world.condition("Ready").reason()).isEqualTo("MaintenanceWindowClosed");
    assertThat(world.condition("Reconciling").message())
        .isEqualTo(
            "waits for the maintenance window of Workspace acme, which opens at"
                + " 2026-01-01T02:00:00Z");
    assertThat(world.plan.front()).isEmpty();
    assertThat(world.status.phase()).as("no Cluster takes it for broken").isEqualTo(Phase.Updating);
  }

  private void ready() {
    assertThat(world.condition("Ready").status()).isEqualTo(ConditionStatus.True);
  }
}
