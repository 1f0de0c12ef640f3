package dev.provisioning.planning.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.ConditionStatus;
import dev.provisioning.api.server.Adoption;
import dev.provisioning.api.server.Management;
import dev.provisioning.spi.model.MachineId;
import dev.provisioning.spi.model.Owner;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Machines that exist before their Server does. */
class ServerAdoptionTest {
  private final World world = World.instant();

  @Test
  void aMachineThatExistsIsAdoptedAndKeptByDefault() {
    MachineId id = world.cloud.addUnowned("old", "sim-2x4", "sim-a");
    world.edit(s -> s.withAdopt(new Adoption(id.value()))).settle();
    assertThat(world.status.machine().id()).isEqualTo(id.value());
    assertThat(world.condition("Ready").status()).isEqualTo(ConditionStatus.True);
    world.delete().settle();
    assertThat(world.gone).isTrue();
    assertThat(world.cloud.machines()).hasSize(1);
  }

  @Test
  void aMachineOfAnotherServerIsNotTakenAndItsOwnerIsNamed() {
    MachineId id = world.cloud.addUnowned("old", "sim-2x4", "sim-a");
    world.provider.claim(id, new Owner("op", "acme", "acme", "web-99", "uid-99", 1));
    world.edit(s -> s.withAdopt(new Adoption(id.value()))).settle();
    assertThat(world.condition("Ready").message())
        .contains("machine %s belongs to Server acme/web-99".formatted(id));
    assertThat(world.condition("Stalled").reason()).isEqualTo("OwnedByAnother");
    assertThat(world.status.intent()).isNull();
    world.provider.release(id, new Owner("op", "acme", "acme", "web-99", "uid-99", 1));
    world.passes(60, Duration.ofSeconds(3));
    assertThat(world.status.machine().id()).isEqualTo(id.value());
  }

  @Test
  void anObservedMachineIsReportedAndNeverTouched() {
    MachineId id = world.cloud.addUnowned("old", "sim-2x4", "sim-a");
    world.edit(
        s ->
            s.withAdopt(new Adoption(id.value()))
                .withManagement(Management.Observe)
                .withPlan("sim-8x16"));
    world.settle();
    assertThat(world.condition("Ready").status()).isEqualTo(ConditionStatus.True);
    assertThat(world.status.machine().plan()).isEqualTo("sim-2x4");
    world.delete().settle();
    assertThat(world.gone).isTrue();
    assertThat(world.cloud.ledger()).isEmpty();
  }
}
