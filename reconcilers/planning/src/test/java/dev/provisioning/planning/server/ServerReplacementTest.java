package dev.provisioning.planning.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.ConditionStatus;
import dev.provisioning.api.server.AppliedState;
import dev.provisioning.api.server.NetworkSpec;
import dev.provisioning.api.server.RootDisk;
import dev.provisioning.api.server.ServerSpec;
import dev.provisioning.api.server.StorageSpec;
import dev.provisioning.planning.ResourceRef;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a machine was ordered as: another wish asks for another machine. */
class ServerReplacementTest {
  private final World world = World.instant();

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
}
