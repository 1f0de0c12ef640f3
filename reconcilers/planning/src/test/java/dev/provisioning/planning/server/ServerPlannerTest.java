package dev.provisioning.planning.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.Condition;
import dev.provisioning.api.ConditionStatus;
import dev.provisioning.api.Mode;
import dev.provisioning.api.server.DeletionPolicy;
import dev.provisioning.api.server.Fallback;
import dev.provisioning.api.server.Phase;
import dev.provisioning.api.server.PowerState;
import dev.provisioning.api.server.Recreate;
import dev.provisioning.planning.Conditions;
import dev.provisioning.planning.ResourceRef;
import dev.provisioning.planning.server.ServerInput.Surroundings;
import dev.provisioning.simulated.SimulatedSettings;
import dev.provisioning.spi.model.Capabilities.ResizeMode;
import dev.provisioning.spi.model.Change;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.MachineId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServerPlannerTest {
  private final World world = World.instant();

  @Test
  void aNewServerIsReadyAfterTwoStatusWrites() {
    world.pass().pass();
    assertThat(condition("Ready").status()).isEqualTo(ConditionStatus.True);
    assertThat(world.status.phase()).isEqualTo(Phase.Ready);
    assertThat(world.status.cost().currency()).isEqualTo("EUR");
    assertThat(world.writes).isEqualTo(2);
    world.passes(10, Duration.ofMinutes(1));
    assertThat(world.writes).as("idle costs nothing").isEqualTo(2);
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
    world.ledger = dev.provisioning.planning.Ledger.empty();
    world.settle();
    assertThat(world.cloud.machines()).hasSize(1);
    assertThat(condition("Ready").status()).isEqualTo(ConditionStatus.True);
  }

  @Test
  void deletingEndsTheMachineAndThenTheServer() {
    world.settle().delete().settle();
    assertThat(world.gone).isTrue();
    assertThat(world.cloud.machines()).isEmpty();
  }

  @Test
  void retainLetsTheMachineLive() {
    world.edit(s -> s.withDeletionPolicy(DeletionPolicy.Retain)).settle().delete().settle();
    assertThat(world.gone).isTrue();
    assertThat(world.cloud.machines()).hasSize(1);
    assertThat(world.cloud.machines().getFirst().owner()).isEmpty();
  }

  @Test
  void aProtectedServerIsNotDeleted() {
    world.edit(s -> s.withDeletionProtection(true)).settle().delete().settle();
    assertThat(world.gone).isFalse();
    assertThat(condition("Stalled").reason()).isEqualTo("DeletionProtected");
    assertThat(condition("Ready").message())
        .contains("set spec.deletionProtection: false to let it go on");
    world.edit(s -> s.withDeletionProtection(false)).settle();
    assertThat(world.gone).isTrue();
  }

  @Test
  void aServerInUseIsNotDeleted() {
    world.settle();
    world.surroundings = new Surroundings(List.of("redis"), Optional.empty(), Optional.empty());
    world.delete().settle();
    assertThat(world.gone).isFalse();
    assertThat(condition("Ready").message()).startsWith("TaskServ redis still targets this Server");
    assertThat(world.cloud.machines()).hasSize(1);
  }

  @Test
  void aServerThatNeverHadAMachineGoesAtOnce() {
    world.delete().pass();
    assertThat(world.gone).isTrue();
  }

  @Test
  void stoppingAndStartingFollowTheSpec() {
    world.settle().edit(s -> s.withPowerState(PowerState.Stopped)).settle();
    assertThat(world.status.phase()).isEqualTo(Phase.Stopped);
    assertThat(condition("Ready").reason()).isEqualTo("Stopped");
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
    assertThat(condition("Ready").status()).isEqualTo(ConditionStatus.True);
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
  void anotherImageNeedsAReplaceThatAPersonPins() {
    world.settle().edit(s -> s.withImage("ubuntu-24.04")).settle();
    String first = world.status.machine().id();
    assertThat(condition("Stalled").reason()).isEqualTo("ReplaceRequired");
    assertThat(condition("Ready").message())
        .contains("spec.image was debian-12 and is to be ubuntu-24.04")
        .contains("provisioning.dev/allow-replace=" + world.status.plan().hash());
    world.annotations.put(ResourceRef.ALLOW_REPLACE, "0123456789abcdef");
    world.settle();
    assertThat(world.status.machine().id()).isEqualTo(first);
    world.annotations.put(ResourceRef.ALLOW_REPLACE, world.status.plan().hash());
    world.settle();
    assertThat(world.status.machine().id()).isNotEqualTo(first);
    assertThat(world.status.incarnation()).isEqualTo(2);
    assertThat(world.cloud.machines()).hasSize(1);
    assertThat(condition("Ready").status()).isEqualTo(ConditionStatus.True);
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
    assertThat(condition("InSync").reason()).isEqualTo("Drifted");
    assertThat(world.plan.actions()).isEmpty();
  }

  @Test
  void driftIsCorrectedWhereTheSpecSaysSo() {
    world.edit(
        s ->
            s.withTags(Map.of("team", "web"))
                .withDrift(
                    new dev.provisioning.api.DriftPolicy(
                        dev.provisioning.api.DriftMode.Correct, List.of())));
    world.settle();
    MachineId id = new MachineId(world.status.machine().id());
    world.cloud.alter(id, new Change.Resize("sim-8x16"));
    world.cloud.alter(id, new Change.SetTags(Map.of()));
    world.cloud.alter(id, new Change.Power(false));
    world.settle();
    assertThat(world.status.drift()).isEmpty();
    assertThat(condition("Ready").status()).isEqualTo(ConditionStatus.True);
    assertThat(world.status.machine().plan()).isEqualTo("sim-2x4");
  }

  @Test
  void aVanishedMachineIsReportedAndNotMadeAgain() {
    world.settle();
    world.cloud.vanish(new MachineId(world.status.machine().id()));
    world.settle();
    assertThat(condition("Stalled").reason()).isEqualTo("MachineNotFound");
    assertThat(condition("Ready").message()).contains("set spec.recreate: IfMissing");
    assertThat(world.cloud.machines()).isEmpty();
  }

  @Test
  void aVanishedMachineIsMadeAgainWhereTheSpecAllows() {
    world.edit(s -> s.withRecreate(Recreate.IfMissing)).settle();
    world.cloud.vanish(new MachineId(world.status.machine().id()));
    world.settle();
    assertThat(world.status.incarnation()).isEqualTo(2);
    assertThat(condition("Ready").status()).isEqualTo(ConditionStatus.True);
    assertThat(world.cloud.machines()).hasSize(1);
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
    assertThat(condition(Conditions.SUSPENDED).status()).isEqualTo(ConditionStatus.True);
    world.delete().settle();
    assertThat(world.gone).isTrue();
  }

  @Test
  void approvalIsAskedForByHashAndGivenByHash() {
    world.policy =
        new dev.provisioning.planning.server.WorkspaceView.Policy(false, true, false, List.of());
    world.settle();
    assertThat(world.cloud.machines()).isEmpty();
    assertThat(condition("Reconciling").reason()).isEqualTo("ApprovalRequired");
    world.annotations.put(ResourceRef.APPROVE_PLAN, world.status.plan().hash());
    world.settle();
    assertThat(condition("Ready").status()).isEqualTo(ConditionStatus.True);
  }

  @Test
  void anApprovedSequenceNeedsNoSecondApprovalHalfWay() {
    World stopped = new World(SimulatedSettings.instant().withResize(ResizeMode.STOPPED));
    stopped.settle();
    stopped.policy = new WorkspaceView.Policy(false, true, false, List.of());
    stopped.edit(s -> s.withPlan("sim-4x8")).settle();
    assertThat(stopped.status.machine().plan()).isEqualTo("sim-2x4");
    stopped.annotations.put(ResourceRef.APPROVE_PLAN, stopped.status.plan().hash());
    stopped.settle();
    assertThat(stopped.status.machine().plan()).isEqualTo("sim-4x8");
    assertThat(stopped.status.phase()).isEqualTo(Phase.Ready);
  }

  @Test
  void theNextFallbackIsTriedAtOnceWhenThereIsNoCapacity() {
    world.cloud.sellOut("sim-2x4", "sim-a");
    world.cloud.sellOut("sim-2x4", "sim-b");
    world.edit(s -> s.withFallbacks(List.of(new Fallback("sim-4x8", null)))).settle();
    assertThat(world.status.machine().plan()).isEqualTo("sim-4x8");
    assertThat(condition("Ready").status()).isEqualTo(ConditionStatus.True);
    assertThat(world.status.drift()).isEmpty();
    assertThat(world.plan.actions()).isEmpty();
  }

  @Test
  void withoutCapacityAnywhereItStartsOver() {
    world.cloud.sellOut("sim-2x4", "sim-a");
    world.cloud.sellOut("sim-2x4", "sim-b");
    world.passes(5, Duration.ofSeconds(3));
    assertThat(condition("Ready").reason()).isEqualTo("CapacityUnavailable");
    assertThat(condition("Ready").message()).contains("next try at 2026-01-01T00:01");
    world.cloud.restock("sim-2x4", "sim-a");
    world.cloud.restock("sim-2x4", "sim-b");
    world.settle();
    assertThat(condition("Ready").status()).isEqualTo(ConditionStatus.True);
  }

  @Test
  void aMachineInErrorIsWaitedForAndReported() {
    world.cloud.failNextLaunch("HardwareError");
    world.settle();
    assertThat(condition("Ready").reason()).isEqualTo("MachineError");
    world.passes(20, Duration.ofMinutes(1));
    assertThat(condition("Stalled").reason()).isEqualTo("MachineError");
    assertThat(condition("Ready").message()).contains("HardwareError", "longer than 10 min");
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
  void aMachineThatExistsIsAdoptedAndKeptByDefault() {
    MachineId id = world.cloud.addUnowned("old", "sim-2x4", "sim-a");
    world.edit(s -> s.withAdopt(new dev.provisioning.api.server.Adoption(id.value()))).settle();
    assertThat(world.status.machine().id()).isEqualTo(id.value());
    assertThat(condition("Ready").status()).isEqualTo(ConditionStatus.True);
    world.delete().settle();
    assertThat(world.gone).isTrue();
    assertThat(world.cloud.machines()).hasSize(1);
  }

  @Test
  void anObservedMachineIsReportedAndNeverTouched() {
    MachineId id = world.cloud.addUnowned("old", "sim-2x4", "sim-a");
    world.edit(
        s ->
            s.withAdopt(new dev.provisioning.api.server.Adoption(id.value()))
                .withManagement(dev.provisioning.api.server.Management.Observe)
                .withPlan("sim-8x16"));
    world.settle();
    assertThat(condition("Ready").status()).isEqualTo(ConditionStatus.True);
    assertThat(world.status.machine().plan()).isEqualTo("sim-2x4");
    world.delete().settle();
    assertThat(world.gone).isTrue();
    assertThat(world.cloud.ledger()).isEmpty();
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
                    Duration.ofMinutes(1))));
    world.settle();
    assertThat(condition("Ready").reason()).isEqualTo("QuotaExceeded");
    assertThat(world.cloud.machines()).isEmpty();
    world.surroundings = Surroundings.NONE;
    world.settle();
    assertThat(condition("Ready").status()).isEqualTo(ConditionStatus.True);
  }

  @Test
  void twoServersAtOneAddressAreRefused() {
    world.surroundings = new Surroundings(List.of(), Optional.of("db-01"), Optional.empty());
    world.settle();
    assertThat(condition("Stalled").reason()).isEqualTo("AddressTaken");
    assertThat(condition("Ready").message()).contains("Server db-01 is at this address already");
  }

  @Test
  void aWrongPlanNamesThePlansThereAre() {
    world.edit(s -> s.withPlan("huge")).settle();
    assertThat(condition("Stalled").reason()).isEqualTo("PlanNotFound");
    assertThat(condition("Ready").message()).contains("sim-1x1, sim-1x2");
    world.edit(s -> s.withPlan("sim-1x1")).settle();
    assertThat(condition("Ready").status()).isEqualTo(ConditionStatus.True);
  }

  @Test
  void firstContactPinsThenSwitchesThenIsReady() {
    World ssh = World.instant();
    ssh.shell = true;
    ssh.spec =
        ssh.spec.withSsh(
            new dev.provisioning.api.SshSpec(
                null, null, null, List.of(), List.of("SHA256:given"), null, null));
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

  private List<String> names() {
    return world.plan.actions().stream().map(ServerAction::name).toList();
  }

  private Condition condition(String type) {
    return Conditions.find(world.status.conditions(), type)
        .orElseThrow(() -> new AssertionError(type + " in " + world.status.conditions()));
  }
}
