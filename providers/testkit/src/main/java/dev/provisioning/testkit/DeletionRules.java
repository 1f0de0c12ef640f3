package dev.provisioning.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.provisioning.spi.model.Leftover;
import dev.provisioning.spi.model.MachineId;
import dev.provisioning.spi.model.MachineRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** P8, P19: all that was made goes, but for what is to be kept, and nothing else. */
interface DeletionRules extends ProviderRules {
  @Test
  default void p08_deletingWhatIsAbsentSucceeds() {
    MachineRequest request = request("p08");
    MachineId id = made(request);
    provider().delete(id, request.owner(), false, key(request.owner(), "delete"));
    world().settle();
    provider().delete(id, request.owner(), false, key(request.owner(), "delete"));
    restarted().release(id, request.owner());
  }

  @Test
  default void p19_deleteRemovesAllThatCreateMadeAndNothingElse() {
    MachineRequest request = withVolume(request("p19a"));
    MachineRequest neighbour = request("p19-neighbour");
    MachineId id = made(request);
    MachineId other = made(neighbour);
    provider().delete(id, request.owner(), false, key(request.owner(), "delete"));
    world().settle();
    assertThat(provider().find(request.owner())).isEmpty();
    assertThat(provider().read(id).filter(m -> m.owner().isPresent())).isEmpty();
    assertThat(leftoversOf(request)).isEmpty();
    assertThat(provider().read(other)).isPresent();
    assertOneMachine(neighbour);
  }

  @Test
  default void p19_keptVolumesAreReportedUntilTheyGo() {
    assumeTrue(capabilities().keepStorage(), "P19 keepStorage: excluded by capabilities");
    MachineRequest request = withVolume(request("p19b"));
    MachineId id = made(request);
    assertThat(provider().read(id).orElseThrow().volumes())
        .singleElement()
        .satisfies(v -> assertThat(v.name() + v.sizeGb()).isEqualTo("data1"));
    provider().delete(id, request.owner(), true, key(request.owner(), "delete"));
    world().settle();
    assertThat(leftoversOf(request)).extracting(Leftover::kind).containsExactly("Volume");
    provider().delete(id, request.owner(), false, key(request.owner(), "purge"));
    assertThat(leftoversOf(request)).isEmpty();
  }

  private List<Leftover> leftoversOf(MachineRequest request) {
    return provider().leftovers().stream()
        .filter(left -> left.ownerUid().equals(request.owner().uid()))
        .toList();
  }
}
