package dev.provisioning.planning.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.ConditionStatus;
import dev.provisioning.api.Mode;
import dev.provisioning.api.server.Adoption;
import dev.provisioning.api.server.DataVolume;
import dev.provisioning.api.server.FirewallRule;
import dev.provisioning.api.server.Management;
import dev.provisioning.api.server.NetworkSpecBuilder;
import dev.provisioning.api.server.Phase;
import dev.provisioning.api.server.PowerState;
import dev.provisioning.api.server.RootDisk;
import dev.provisioning.api.server.ServerSpec;
import dev.provisioning.api.server.StorageSpec;
import dev.provisioning.spi.model.MachineId;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** P18: what a provider cannot do is refused by its field and never dropped in silence. */
class ServerExclusionsTest {
  private static final String OR = ", or choose a provider that can";

  private final World world = World.instant();

  /** A wish, the capability that it takes, and what is said without it. */
  record Wish(String capability, UnaryOperator<ServerSpec> edit, String reason, String says) {
    @Override
    public String toString() {
      return capability;
    }
  }

  static Stream<Wish> wishes() {
    return Stream.of(
        new Wish(
            "encryption",
            ServerExclusionsTest::encrypted,
            "EncryptionUnsupported",
            "spec.storage.root.encrypted: provider sim, of type simulated, encrypts no disks; take it out"),
        new Wish(
            "ipv6",
            s -> s.withNetwork(NetworkSpecBuilder.builder().ipv6(true).build()),
            "Ipv6Unsupported",
            "spec.network.ipv6: provider sim, of type simulated, gives no IPv6 addresses; take it out"),
        new Wish(
            "firewall",
            ServerExclusionsTest::walled,
            "FirewallUnsupported",
            "spec.network.firewall: provider sim, of type simulated, has no firewall; take the rules out"),
        new Wish(
            "volumes",
            s ->
                s.withStorage(
                    new StorageSpec(
                        null,
                        List.of(
                            new DataVolume("data", 10, null, null),
                            new DataVolume("logs", 5, null, null)))),
            "VolumesUnsupported",
            "spec.storage.volumes[0]: provider sim, of type simulated, adds no disks to a machine; take data and 1 more out"),
        new Wish(
            "power",
            s -> s.withPowerState(PowerState.Stopped),
            "PowerUnsupported",
            "spec.powerState: provider sim, of type simulated, switches no machine off; set Running"));
  }

  @ParameterizedTest
  @MethodSource("wishes")
  void aMachineThatCannotBeAsWishedIsNotMade(Wish wish) {
    world.lacks.add(wish.capability());
    world.edit(wish.edit()).settle();
    assertThat(world.cloud.machines()).isEmpty();
    assertThat(world.status.intent()).isNull();
    refused(wish);
  }

  @ParameterizedTest
  @MethodSource("wishes")
  void aMachineThatIsThereIsNotTouchedAndSaysSo(Wish wish) {
    world.settle();
    String id = world.status.machine().id();
    int effects = world.cloud.ledger().size();
    world.lacks.add(wish.capability());
    world.edit(wish.edit()).settle();
    refused(wish);
    assertThat(world.status.phase()).as("no Cluster takes it for broken").isEqualTo(Phase.Updating);
    assertThat(world.condition("InSync").message()).isEqualTo(wish.says() + OR);
    assertThat(world.condition("MachineReady").status()).isEqualTo(ConditionStatus.True);
    assertThat(world.status.machine().id()).isEqualTo(id);
    assertThat(world.cloud.ledger()).hasSize(effects);
    world.spec = World.instant().spec;
    world.generation++;
    world.settle();
    assertThat(world.condition("Ready").status()).isEqualTo(ConditionStatus.True);
  }

  @ParameterizedTest
  @MethodSource("wishes")
  void itIsSeenInPlanMode(Wish wish) {
    world.lacks.add(wish.capability());
    world.edit(wish.edit()).edit(s -> s.withMode(Mode.Plan)).decide();
    refused(wish);
  }

  @ParameterizedTest
  @MethodSource("wishes")
  void itHoldsUpNoDeletion(Wish wish) {
    world.settle();
    world.lacks.add(wish.capability());
    world.edit(wish.edit()).settle().delete().settle();
    assertThat(world.gone).isTrue();
    assertThat(world.cloud.machines()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("wishes")
  void itHoldsUpNoObservation(Wish wish) {
    MachineId id = world.cloud.addUnowned("old", "sim-2x4", "sim-a");
    world.lacks.add(wish.capability());
    world
        .edit(wish.edit())
        .edit(s -> s.withAdopt(new Adoption(id.value())).withManagement(Management.Observe))
        .settle();
    assertThat(world.condition("Ready").status()).isEqualTo(ConditionStatus.True);
  }

  @ParameterizedTest
  @MethodSource("wishes")
  void whatTheProviderCanDoIsDone(Wish wish) {
    world.edit(wish.edit()).settle();
    assertThat(world.condition("Ready").status()).isEqualTo(ConditionStatus.True);
  }

  @Test
  void aPolicyThatNobodyCanKeepIsNamedAndMayBeUnsaidByTheServer() {
    world.lacks.add("encryption");
    world.policy = new WorkspaceView.Policy(false, false, true, List.of(), List.of());
    world.settle();
    assertThat(world.cloud.machines()).isEmpty();
    assertThat(world.condition("Stalled").message())
        .isEqualTo(
            "spec.storage.root.encrypted: policy encryptedStorage of Workspace acme wants encrypted"
                + " disks, and provider sim, of type simulated, encrypts none; set it to false"
                + " here, change the policy, or choose a provider that can");
    world
        .edit(s -> s.withStorage(new StorageSpec(new RootDisk(null, null, false), List.of())))
        .settle();
    assertThat(world.condition("Ready").status()).isEqualTo(ConditionStatus.True);
  }

  @Test
  void anAdoptedMachineIsTakenAsItIsAndOnlyItsChangesAreRefused() {
    MachineId id = world.cloud.addUnowned("old", "sim-2x4", "sim-a");
    world.lacks.addAll(List.of("encryption", "firewall"));
    world.policy = new WorkspaceView.Policy(false, false, true, List.of(), List.of());
    world.edit(s -> s.withAdopt(new Adoption(id.value()))).settle();
    assertThat(world.condition("Ready").status()).isEqualTo(ConditionStatus.True);
    world.edit(ServerExclusionsTest::walled).settle();
    assertThat(world.condition("Stalled").reason()).isEqualTo("FirewallUnsupported");
    assertThat(world.status.machine().id()).isEqualTo(id.value());
  }

  @Test
  void noMachineIsReplacedByOneThatCannotBeMade() {
    world.settle();
    world.lacks.add("encryption");
    world.edit(s -> encrypted(s).withImage("debian-13")).settle();
    assertThat(world.plan.actions()).isEmpty();
    assertThat(world.condition("Stalled").reason()).isEqualTo("EncryptionUnsupported");
  }

  private void refused(Wish wish) {
    assertThat(world.condition("Ready").status()).isEqualTo(ConditionStatus.False);
    assertThat(world.condition("Stalled").reason()).isEqualTo(wish.reason());
    assertThat(world.condition("Stalled").message()).isEqualTo(wish.says() + OR);
    assertThat(world.plan.front()).isEmpty();
  }

  private static ServerSpec encrypted(ServerSpec spec) {
    return spec.withStorage(new StorageSpec(new RootDisk(null, null, true), List.of()));
  }

  private static ServerSpec walled(ServerSpec spec) {
    return spec.withNetwork(
        NetworkSpecBuilder.builder()
            .firewall(List.of(new FirewallRule(null, null, "443", null)))
            .build());
  }
}
