package dev.provisioning.planning.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.server.DeletionPolicy;
import dev.provisioning.planning.Ledger;
import dev.provisioning.planning.server.ServerInput.Surroundings;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How a Server goes, and what becomes of its machine. */
class ServerDeletionTest {
  private final World world = World.instant();

  @Test
  void aHalfMadeMachineIsDeletedLikeAnyOther() {
    world.cloud.cutNextCreateShort();
    world.pass();
    world.ledger = Ledger.empty();
    world.delete().settle();
    assertThat(world.gone).isTrue();
    assertThat(world.cloud.machines()).isEmpty();
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
    assertThat(world.condition("Stalled").reason()).isEqualTo("DeletionProtected");
    assertThat(world.condition("Ready").message())
        .contains("set spec.deletionProtection: false to let it go on");
    world.edit(s -> s.withDeletionProtection(false)).settle();
    assertThat(world.gone).isTrue();
  }

  @Test
  void aServerInUseIsNotDeleted() {
    world.settle();
    world.surroundings =
        new Surroundings(List.of("redis"), Optional.empty(), Optional.empty(), Optional.empty());
    world.delete().settle();
    assertThat(world.gone).isFalse();
    assertThat(world.condition("Ready").message())
        .startsWith("TaskServ redis still targets this Server");
    assertThat(world.cloud.machines()).hasSize(1);
  }

  @Test
  void aServerThatNeverHadAMachineGoesAtOnce() {
    world.delete().pass();
    assertThat(world.gone).isTrue();
  }
}
