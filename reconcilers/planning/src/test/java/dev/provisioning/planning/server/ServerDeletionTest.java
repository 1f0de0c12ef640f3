package dev.provisioning.planning.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.provisioning.api.ConditionStatus;
import dev.provisioning.api.server.DeletionPolicy;
import dev.provisioning.planning.Ledger;
import dev.provisioning.planning.ResourceRef;
import dev.provisioning.planning.server.ServerInput.Surroundings;
import dev.provisioning.spi.model.MachineId;
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

  /** Its provider had ended the machine and not yet removed the disks when the operator died. */
  @Test
  void aDeletionThatNobodyAnsweredIsSentAgainThoughTheMachineIsSeenNoMore() {
    world.settle().delete().decide();
    world.cloud.vanish(machine());
    decideLater();
    assertThat(world.plan.front()).hasOnlyElementsOfType(ServerAction.DeleteMachine.class);
    assertThat(world.gone).isFalse();
    world.act();
    world.pass();
    assertThat(world.gone).isTrue();
  }

  @Test
  void theDeletionOfAReplacedMachineIsSentAgainBeforeTheNextOneIsMade() {
    world.settle().edit(s -> s.withImage("debian-13")).settle();
    world.annotations.put(ResourceRef.ALLOW_REPLACE, world.status.plan().hash());
    world.decide();
    world.cloud.vanish(machine());
    decideLater();
    assertThat(world.plan.front()).hasOnlyElementsOfType(ServerAction.DeleteMachine.class);
    world.act();
    world.decide();
    assertThat(world.plan.front()).hasOnlyElementsOfType(ServerAction.CreateMachine.class);
    world.act();
    world.settle();
    assertThat(world.status.incarnation()).isEqualTo(2);
    assertThat(world.condition("Ready").status()).isEqualTo(ConditionStatus.True);
  }

  @Test
  void whatAMachineThatSomebodyElseEndedLeftBehindGoesWithItsServer() {
    world.settle();
    world.cloud.vanish(machine());
    world.settle().delete().decide();
    assertThat(world.plan.front()).hasOnlyElementsOfType(ServerAction.DeleteMachine.class);
    world.act();
    world.pass();
    assertThat(world.gone).isTrue();
  }

  @Test
  void whatWasToBeRetainedIsNotLookedForWhenItIsGone() {
    world.edit(s -> s.withDeletionPolicy(DeletionPolicy.Retain)).settle();
    world.cloud.vanish(machine());
    world.settle().delete().pass();
    assertThat(world.gone).isTrue();
  }

  private MachineId machine() {
    return new MachineId(world.status.machine().id());
  }

  /** By a process that knows of no outcome, when what was sent would be seen. */
  private void decideLater() {
    world.now = world.now.plusSeconds(15);
    world.decide();
  }
}
