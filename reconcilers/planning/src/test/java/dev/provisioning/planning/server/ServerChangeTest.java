package dev.provisioning.planning.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.ConditionStatus;
import dev.provisioning.api.DriftMode;
import dev.provisioning.api.DriftPolicy;
import dev.provisioning.api.server.AppliedState;
import dev.provisioning.api.server.NetworkSpec;
import dev.provisioning.api.server.Phase;
import dev.provisioning.api.server.PowerState;
import dev.provisioning.api.server.Recreate;
import dev.provisioning.api.server.RootDisk;
import dev.provisioning.api.server.ServerSpec;
import dev.provisioning.api.server.StorageSpec;
import dev.provisioning.planning.ResourceRef;
import dev.provisioning.simulated.SimulatedSettings;
import dev.provisioning.spi.model.Capabilities.ResizeMode;
import dev.provisioning.spi.model.Change;
import dev.provisioning.spi.model.MachineId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

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
  void anotherImageNeedsAReplaceThatAPersonPins() {
    world.settle().edit(s -> s.withImage("ubuntu-24.04")).settle();
    String first = world.status.machine().id();
    assertThat(world.condition("Stalled").reason()).isEqualTo("ReplaceRequired");
    assertThat(world.condition("Ready").message())
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
    assertThat(world.condition("Ready").status()).isEqualTo(ConditionStatus.True);
  }

  private static Stream<Arguments> wishesThatNoMachineCanBeBroughtTo() {
    return Stream.of(
        Arguments.of(disk(50, null, null), "spec.storage.root.sizeGb was 25 and is to be 50"),
        Arguments.of(
            disk(null, "nvme", null), "spec.storage.root.type was unset and is to be nvme"),
        Arguments.of(disk(null, null, true), "spec.storage.root.encrypted was false and is to be"),
        Arguments.of(network(null, true), "spec.network.ipv6 was false and is to be true"),
        Arguments.of(network(false, null), "spec.network.publicIpv4 was true and is to be false"));
  }

  private static UnaryOperator<ServerSpec> disk(Integer sizeGb, String type, Boolean encrypted) {
    RootDisk root = new RootDisk(sizeGb, type, encrypted);
    return spec -> spec.withStorage(new StorageSpec(root, List.of()));
  }

  private static UnaryOperator<ServerSpec> network(Boolean publicIpv4, Boolean ipv6) {
    return spec -> spec.withNetwork(new NetworkSpec(publicIpv4, ipv6, null, null, List.of()));
  }

  @ParameterizedTest
  @MethodSource("wishesThatNoMachineCanBeBroughtTo")
  void whatAMachineWasMadeWithIsChangedByAnotherMachineOnly(
      UnaryOperator<ServerSpec> edit, String sentence) {
    world.settle();
    String first = world.status.machine().id();
    world.edit(edit).settle();
    assertThat(world.condition("Stalled").reason()).isEqualTo("ReplaceRequired");
    assertThat(world.condition("Ready").message()).contains(sentence);
    assertThat(world.status.machine().id()).isEqualTo(first);
    world.annotations.put(ResourceRef.ALLOW_REPLACE, world.status.plan().hash());
    world.settle();
    assertThat(world.condition("Ready").status()).isEqualTo(ConditionStatus.True);
    assertThat(world.status.machine().id()).isNotEqualTo(first);
  }

  @Test
  void anEditWhileTheMachineIsMadeIsNotTakenForTheOrder() {
    world.pass();
    world.edit(disk(50, null, null)).settle();
    assertThat(world.condition("Stalled").reason()).isEqualTo("ReplaceRequired");
    assertThat(world.condition("Ready").message())
        .contains("spec.storage.root.sizeGb was 25 and is to be 50");
  }

  @Test
  void aMachineThatExistsIsOrderedByItsAddress() {
    world.type = "existing";
    world.edit(s -> s.withAddress("10.0.0.5")).decide();
    assertThat(world.plan.front()).hasOnlyElementsOfType(ServerAction.CreateMachine.class);
    assertThat(world.status.applied().zone()).isEqualTo("10.0.0.5");
  }

  @Test
  void aPolicyThatWantsEncryptedDisksAsksForNoReplacementAndTheServerItselfMay() {
    world.settle();
    world.policy = new WorkspaceView.Policy(false, false, true, List.of(), List.of());
    world.settle();
    assertThat(world.condition("Ready").status()).isEqualTo(ConditionStatus.True);
    assertThat(world.plan.actions()).isEmpty();
    world.edit(disk(null, null, true)).settle();
    assertThat(world.condition("Stalled").reason()).isEqualTo("ReplaceRequired");
  }

  @Test
  void aPolicyThatWantsThemNoMoreAsksForNoReplacementEither() {
    world.policy = new WorkspaceView.Policy(false, false, true, List.of(), List.of());
    world.settle();
    assertThat(world.status.applied().root().encrypted()).isTrue();
    world.policy = new WorkspaceView.Policy(false, false, false, List.of(), List.of());
    world.settle();
    assertThat(world.condition("Ready").status()).isEqualTo(ConditionStatus.True);
    world.edit(disk(null, null, false)).settle();
    assertThat(world.condition("Ready").message())
        .contains("spec.storage.root.encrypted was true and is to be false");
  }

  @Test
  void whatAnOlderOperatorDidNotWriteDownIsNotCompared() {
    world.settle();
    AppliedState known = world.status.applied();
    world.status =
        world.status.withApplied(known.withRoot(null).withIpv6(null).withPublicIpv4(null));
    world.edit(disk(50, null, null)).settle();
    assertThat(world.condition("Ready").status()).isEqualTo(ConditionStatus.True);
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
