package dev.provisioning.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.provisioning.spi.MachineProvider;
import dev.provisioning.spi.model.IdempotencyKey;
import dev.provisioning.spi.model.MachineId;
import dev.provisioning.spi.model.MachineRequest;
import dev.provisioning.spi.model.MachineState;
import dev.provisioning.spi.model.Owner;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What only a real engine shows. */
@Tag("machines")
class LocalMachineTest {
  private static final String OPERATOR = "local-machine-test";
  private final LocalFixture world = new LocalFixture(OPERATOR);
  private final MachineProvider provider = world.provider();
  private final Owner owner =
      new Owner(OPERATOR, "ns", "ws", "half", "half-" + UUID.randomUUID(), 1);

  @AfterEach
  void remove() {
    provider.close();
    world.close();
  }

  @Test
  void aMachineThatACrashLeftHalfMadeIsCompletedByTheSameTry() {
    MachineRequest request = world.request(owner, "half", 0);
    Grants grants = Grants.probe(world.engine, LocalFixture.IMAGE, Instant.now());
    String id =
        new ContainerSpec(world.engine, grants, LocalConfig.Profile.NESTED)
            .command(request)
            .exec()
            .getId();
    assertThat(provider.read(new MachineId(id)).orElseThrow().halfMade()).isTrue();
    assertThat(provider.create(request).id().value()).isEqualTo(id);
    assertThat(provider.read(new MachineId(id)).orElseThrow())
        .satisfies(machine -> assertThat(machine.state()).isEqualTo(MachineState.RUNNING))
        .satisfies(machine -> assertThat(machine.halfMade()).isFalse())
        .satisfies(machine -> assertThat(machine.addresses()).isNotEmpty());
  }

  @Test
  void aNameThatSomebodyElseTookIsAConflict() {
    MachineRequest request = world.request(owner, "taken", 0);
    provider.create(request);
    MachineRequest rival = withKey(request, IdempotencyKey.of(owner.uid(), 1, "create#1"));
    assertThatThrownBy(() -> provider.create(rival)).hasMessageContaining("NameTaken");
  }

  @Test
  void aMissingImageIsNamedWithTheCommandThatBuildsIt() {
    MachineRequest request = withImage(world.request(owner, "noimage", 0), "provisioning/none:1");
    assertThatThrownBy(() -> provider.create(request))
        .hasMessageContaining("ImageMissing")
        .hasMessageContaining("provisioning/none:1")
        .hasMessageContaining("./dev setup");
    assertThat(provider.find(owner)).isEmpty();
  }

  @Test
  void deletingLeavesNoContainerAndNoVolume() {
    MachineRequest request = world.request(owner, "gone", 0);
    MachineId id = provider.create(request).id();
    assertThat(world.volumes(Labels.UID + "=" + owner.uid())).isNotEmpty();
    provider.delete(id, owner, false, request.key());
    assertThat(world.volumes(Labels.UID + "=" + owner.uid())).isEmpty();
    assertThat(world.containers(Labels.UID + "=" + owner.uid())).isEmpty();
  }

  @Test
  void theVolumesOfAMachineThatVanishedGoWithTheNextDelete() {
    MachineRequest request = world.request(owner, "vanished", 0);
    MachineId id = provider.create(request).id();
    world.engine.client().removeContainerCmd(id.value()).withForce(true).exec();
    provider.delete(id, owner, false, request.key());
    assertThat(world.volumes(Labels.UID + "=" + owner.uid())).isEmpty();
  }

  @Test
  void whatAnEarlierMachineThatVanishedLeftGoesWithTheNextOneOfItsServer() {
    MachineId first = provider.create(world.request(owner, "again", 0)).id();
    world.engine.client().removeContainerCmd(first.value()).withForce(true).exec();
    Owner second =
        new Owner(
            owner.operatorId(),
            owner.namespace(),
            owner.workspace(),
            owner.server(),
            owner.uid(),
            owner.incarnation() + 1);
    MachineRequest request = world.request(second, "again", 1);
    MachineId id = provider.create(request).id();
    provider.delete(id, second, false, request.key());
    assertThat(world.volumes(Labels.UID + "=" + owner.uid())).isEmpty();
  }

  private static MachineRequest withKey(MachineRequest r, IdempotencyKey key) {
    return copy(r, key, r.imageId());
  }

  private static MachineRequest withImage(MachineRequest r, String image) {
    return copy(r, r.key(), image);
  }

  private static MachineRequest copy(MachineRequest r, IdempotencyKey key, String image) {
    return new MachineRequest(
        key,
        r.owner(),
        r.name(),
        r.hostname(),
        r.plan(),
        image,
        r.zone(),
        r.storage(),
        r.network(),
        r.userData(),
        Map.of());
  }
}
