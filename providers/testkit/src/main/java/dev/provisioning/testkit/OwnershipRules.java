package dev.provisioning.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.Machine;
import dev.provisioning.spi.model.MachineId;
import dev.provisioning.spi.model.MachineRequest;
import dev.provisioning.spi.model.MachineState;
import dev.provisioning.spi.model.Owner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** P7, P9: whose a machine is, and how it gets and loses its owner. */
interface OwnershipRules extends ProviderRules {
  @Test
  default void p07_anotherServersMachineIsNeitherChangedNorDeletedNorReleased() {
    MachineRequest request = request("p07a");
    MachineId id = made(request);
    Owner other = owner("p07-other");
    assertOwnedByAnother(() -> provider().change(id, other, tags("a"), key(other, "tags")));
    assertOwnedByAnother(() -> provider().delete(id, other, false, key(other, "delete")));
    assertOwnedByAnother(() -> provider().release(id, other));
    assertOneMachine(request);
  }

  @Test
  default void p07_anotherIncarnationsMachineIsNotDeleted() {
    MachineRequest request = request("p07b");
    MachineId id = made(request);
    Owner later = next(request.owner());
    assertOwnedByAnother(() -> provider().delete(id, later, false, key(later, "delete")));
    assertOneMachine(request);
  }

  @Test
  default void p09_aClaimTakesAnUnownedMachineOnce() {
    MachineId id = unowned();
    Owner owner = owner("p09a");
    provider().claim(id, owner);
    world().settle();
    provider().claim(id, owner);
    assertThat(restarted().read(id).orElseThrow().owner()).contains(owner);
    assertThat(provider().find(owner)).extracting(Machine::id).containsExactly(id);
    Owner other = owner("p09-other");
    assertOwnedByAnother(() -> provider().claim(id, other));
  }

  @Test
  default void p09_ofTwoRacingClaimsOneStands() throws Exception {
    MachineId id = unowned();
    List<Owner> rivals = List.of(owner("p09b-1"), owner("p09b-2"), owner("p09b-3"));
    List<Owner> winners = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Optional<Owner>>> calls = new ArrayList<>();
      rivals.forEach(owner -> calls.add(() -> claimed(id, owner)));
      for (Future<Optional<Owner>> call : threads.invokeAll(calls)) {
        call.get().ifPresent(winners::add);
      }
    }
    world().settle();
    assertThat(winners).hasSize(1);
    assertThat(provider().read(id).orElseThrow().owner()).contains(winners.getFirst());
  }

  @Test
  default void p09_aReleasedMachineCanBeClaimedAndIsOtherwiseUntouched() {
    MachineRequest request = request("p09c");
    MachineId id = made(request);
    MachineState before = provider().read(id).orElseThrow().state();
    provider().release(id, request.owner());
    world().settle();
    assertThat(provider().find(request.owner())).isEmpty();
    Machine released = provider().read(id).orElseThrow();
    assertThat(released.owner()).isEmpty();
    assertThat(released.state()).isEqualTo(before);
    Owner other = owner("p09d");
    provider().claim(id, other);
    world().settle();
    assertThat(provider().find(other)).extracting(Machine::id).containsExactly(id);
    provider().delete(id, other, false, key(other, "delete"));
  }

  private MachineId unowned() {
    Optional<MachineId> id = world().unowned();
    assumeTrue(id.isPresent(), "P9: this world has no machine without owner");
    world().settle();
    return id.get();
  }

  private Optional<Owner> claimed(MachineId id, Owner owner) {
    try {
      restarted().claim(id, owner);
      return Optional.of(owner);
    } catch (ProviderException e) {
      assertThat(e.failure()).isInstanceOf(Failure.Conflict.class);
      return Optional.empty();
    }
  }

  private void assertOwnedByAnother(ThrowingCallable call) {
    Failure failure = failure(call);
    assertThat(failure).isInstanceOf(Failure.Conflict.class);
    assertThat(failure.reason()).isEqualTo("OwnedByAnother");
  }
}
