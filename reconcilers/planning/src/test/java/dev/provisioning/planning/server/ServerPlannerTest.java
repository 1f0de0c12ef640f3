package dev.provisioning.planning.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.ConditionStatus;
import dev.provisioning.api.Mode;
import dev.provisioning.api.SshSpec;
import dev.provisioning.api.server.Fallback;
import dev.provisioning.api.server.Phase;
import dev.provisioning.planning.Conditions;
import dev.provisioning.planning.Ledger;
import dev.provisioning.planning.ResourceRef;
import dev.provisioning.planning.server.ServerInput.Surroundings;
import dev.provisioning.simulated.SimulatedSettings;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.MachineId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How a Server comes to be, and what it waits for on the way. */
class ServerPlannerTest {
  private final World world = World.instant();

  @Test
  void aNewServerIsReadyAfterTwoStatusWrites() {
    world.pass().pass();
    assertThat(world.condition("Ready").status()).isEqualTo(ConditionStatus.True);
    assertThat(world.status.phase()).isEqualTo(Phase.Ready);
    assertThat(world.status.cost().currency()).isEqualTo("EUR");
    assertThat(world.writes).isEqualTo(2);
    world.passes(10, Duration.ofMinutes(1));
    assertThat(world.writes).as("idle costs nothing").isEqualTo(2);
  }

  @Test
  void whoseMachineIsWatchedIsLookedAtSeldomWhileNothingIsToBeDone() {
    world.settle();
    assertThat(world.plan.recheckAfter().orElseThrow()).isLessThan(Duration.ofSeconds(61));
    world.watched = true;
    world.pass();
    assertThat(world.plan.recheckAfter().orElseThrow())
        .isBetween(Duration.ofMinutes(5), Duration.ofMinutes(10));
    world.cloud.vanish(world.cloud.machines().getFirst().id());
    world.pass();
    assertThat(world.plan.recheckAfter().orElseThrow()).isLessThan(Duration.ofSeconds(61));
  }

  @Test
  void theIntentIsPublishedBeforeTheCreate() {
    world.decide();
    assertThat(world.status.intent().action()).isEqualTo("create/1");
    assertThat(world.status.intent().key()).matches("[0-9a-f]{32}");
    assertThat(world.cloud.machines()).isEmpty();
  }

  @Test
  void aCrashAfterTheCreateFindsTheMachineAndMakesNoSecond() {
    world.pass();
    world.ledger = Ledger.empty();
    world.settle();
    assertThat(world.cloud.machines()).hasSize(1);
    assertThat(world.condition("Ready").status()).isEqualTo(ConditionStatus.True);
  }

  @Test
  void aCrashInTheMidstOfACreateIsCompletedByTheSameCreate() {
    world.cloud.cutNextCreateShort();
    world.pass();
    world.ledger = Ledger.empty();
    assertThat(world.cloud.machines().getFirst().halfMade()).isTrue();
    world.settle();
    assertThat(world.cloud.machines()).hasSize(1);
    assertThat(world.condition("Ready").status()).isEqualTo(ConditionStatus.True);
    assertThat(world.cloud.creates(World.UID, 1)).isEqualTo(1);
  }

  @Test
  void planModeShowsThePlanAndItsPriceAndDoesNothing() {
    world.edit(s -> s.withMode(Mode.Plan)).settle();
    assertThat(world.cloud.machines()).isEmpty();
    assertThat(world.status.phase()).isEqualTo(Phase.Planned);
    assertThat(world.status.plan().actions()).hasSize(1);
    assertThat(world.status.plan().cost().monthly()).isNotNull();
    assertThat(world.status.intent()).isNull();
  }

  @Test
  void suspendStopsEffectsButNotDeletion() {
    world.settle().edit(s -> s.withSuspend(true).withPlan("sim-4x8")).settle();
    assertThat(world.status.machine().plan()).isEqualTo("sim-2x4");
    assertThat(world.condition(Conditions.SUSPENDED).status()).isEqualTo(ConditionStatus.True);
    world.delete().settle();
    assertThat(world.gone).isTrue();
  }

  @Test
  void approvalIsAskedForByHashAndGivenByHash() {
    world.policy = new WorkspaceView.Policy(false, true, false, List.of(), List.of());
    world.settle();
    assertThat(world.cloud.machines()).isEmpty();
    assertThat(world.condition("Reconciling").reason()).isEqualTo("ApprovalRequired");
    world.annotations.put(ResourceRef.APPROVE_PLAN, world.status.plan().hash());
    world.settle();
    assertThat(world.condition("Ready").status()).isEqualTo(ConditionStatus.True);
  }

  @Test
  void theNextFallbackIsTriedAtOnceWhenThereIsNoCapacity() {
    world.cloud.sellOut("sim-2x4", "sim-a");
    world.cloud.sellOut("sim-2x4", "sim-b");
    world.edit(s -> s.withFallbacks(List.of(new Fallback("sim-4x8", null)))).settle();
    assertThat(world.status.machine().plan()).isEqualTo("sim-4x8");
    assertThat(world.condition("Ready").status()).isEqualTo(ConditionStatus.True);
    assertThat(world.status.drift()).isEmpty();
    assertThat(world.plan.actions()).isEmpty();
  }

  @Test
  void withoutCapacityAnywhereItStartsOver() {
    world.cloud.sellOut("sim-2x4", "sim-a");
    world.cloud.sellOut("sim-2x4", "sim-b");
    world.passes(5, Duration.ofSeconds(3));
    assertThat(world.condition("Ready").reason()).isEqualTo("CapacityUnavailable");
    assertThat(world.condition("Ready").message()).contains("next try at 2026-01-01T00:01");
    world.cloud.restock("sim-2x4", "sim-a");
    world.cloud.restock("sim-2x4", "sim-b");
    world.settle();
    assertThat(world.condition("Ready").status()).isEqualTo(ConditionStatus.True);
  }

  @Test
  void aMachineInErrorIsWaitedForAndReported() {
    world.cloud.failNextLaunch("HardwareError");
    world.settle();
    assertThat(world.condition("Ready").reason()).isEqualTo("MachineError");
    world.passes(20, Duration.ofMinutes(1));
    assertThat(world.condition("Stalled").reason()).isEqualTo("MachineError");
    assertThat(world.condition("Ready").message()).contains("HardwareError", "longer than 10 min");
  }

  @Test
  void aMachineThatEndedBeforeItRanGetsASuccessorAfterAMinute() {
    World slow = new World(SimulatedSettings.cloudlike());
    slow.passes(3, Duration.ofSeconds(3));
    slow.cloud.vanish(new MachineId(slow.status.machine().id()));
    slow.passes(15, Duration.ofSeconds(3));
    assertThat(slow.status.incarnation()).isEqualTo(1);
    slow.passes(60, Duration.ofSeconds(3));
    assertThat(slow.status.incarnation()).isEqualTo(2);
    assertThat(slow.status.phase()).isEqualTo(Phase.Ready);
  }

  @Test
  void noRoomInTheWorkspaceIsSaid() {
    world.surroundings =
        new Surroundings(
            List.of(),
            Optional.empty(),
            Optional.of(
                new Failure.Waiting(
                    "QuotaExceeded",
                    "Workspace acme: 10 of 10 servers are in use",
                    Duration.ofMinutes(1))),
            Optional.empty());
    world.settle();
    assertThat(world.condition("Ready").reason()).isEqualTo("QuotaExceeded");
    assertThat(world.cloud.machines()).isEmpty();
    world.surroundings = Surroundings.NONE;
    world.settle();
    assertThat(world.condition("Ready").status()).isEqualTo(ConditionStatus.True);
  }

  @Test
  void twoServersAtOneAddressAreRefused() {
    world.surroundings =
        new Surroundings(List.of(), Optional.of("db-01"), Optional.empty(), Optional.empty());
    world.settle();
    assertThat(world.condition("Stalled").reason()).isEqualTo("AddressTaken");
    assertThat(world.condition("Ready").message())
        .contains("Server db-01 is at this address already");
  }

  @Test
  void aWrongPlanNamesThePlansThereAre() {
    world.edit(s -> s.withPlan("huge")).settle();
    assertThat(world.condition("Stalled").reason()).isEqualTo("PlanNotFound");
    assertThat(world.condition("Ready").message()).contains("sim-1x1, sim-1x2");
    world.edit(s -> s.withPlan("sim-1x1")).settle();
    assertThat(world.condition("Ready").status()).isEqualTo(ConditionStatus.True);
  }

  @Test
  void firstContactPinsThenSwitchesThenIsReady() {
    World ssh = World.instant();
    ssh.shell = true;
    ssh.spec =
        ssh.spec.withSsh(
            new SshSpec(null, null, null, List.of(), List.of("SHA256:given"), null, null));
    ssh.settle();
    assertThat(ssh.status.hostKeys()).containsExactly("SHA256:given");
    assertThat(ssh.status.facts().os()).isEqualTo("debian");
    assertThat(Conditions.find(ssh.status.conditions(), "Reachable").orElseThrow().status())
        .isEqualTo(ConditionStatus.True);
  }

  @Test
  void aMachineIsNeverContactedBlindly() {
    World ssh = World.instant();
    ssh.shell = true;
    ssh.settle();
    assertThat(Conditions.find(ssh.status.conditions(), "Stalled").orElseThrow().reason())
        .isEqualTo("HostKeyUnknown");
  }
}
