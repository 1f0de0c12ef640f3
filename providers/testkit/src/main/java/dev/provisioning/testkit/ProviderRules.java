package dev.provisioning.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.provisioning.spi.MachineProvider;
import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Capabilities;
import dev.provisioning.spi.model.Change;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.IdempotencyKey;
import dev.provisioning.spi.model.MachineId;
import dev.provisioning.spi.model.MachineRequest;
import dev.provisioning.spi.model.Owner;
import dev.provisioning.spi.model.StorageRequest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A provider in its world, and the words in which the rules speak of both. */
interface ProviderRules {
  /** The one that the test began with. */
  MachineProvider provider();

  ProviderFixture world();

  /** Another one on the same world: what a restarted operator has. */
  MachineProvider restarted();

  default Capabilities capabilities() {
    return provider().capabilities();
  }

  default Owner owner(String server) {
    String uid = server + "-" + UUID.randomUUID();
    return new Owner(MachineProviderContract.OPERATOR, "contract", "lab", server, uid, 1);
  }

  default Owner next(Owner owner) {
    return new Owner(
        owner.operatorId(),
        owner.namespace(),
        owner.workspace(),
        owner.server(),
        owner.uid(),
        owner.incarnation() + 1);
  }

  default MachineRequest request(String server) {
    return world().request(owner(server), server, 0);
  }

  default MachineId made(MachineRequest request) {
    MachineId id = provider().create(request).id();
    world().settle();
    return id;
  }

  default MachineRequest withVolume(MachineRequest r) {
    if (!capabilities().volumes()) {
      return r;
    }
    StorageRequest storage =
        new StorageRequest(
            r.storage().rootSizeGb(),
            r.storage().rootType(),
            r.storage().encrypted(),
            List.of(new StorageRequest.Disk("data", 1, "/srv/data")));
    return new MachineRequest(
        r.key(),
        r.owner(),
        r.name(),
        r.hostname(),
        r.plan(),
        r.imageId(),
        r.zone(),
        storage,
        r.network(),
        r.userData(),
        r.tags());
  }

  default void assertOneMachine(MachineRequest request) {
    assertThat(world().machinesOf(request.owner().uid())).isEqualTo(1);
    assertThat(provider().find(request.owner())).hasSize(1);
  }

  default Failure failure(ThrowingCallable call) {
    Throwable thrown = catchThrowable(call);
    assertThat(thrown).isInstanceOf(ProviderException.class);
    return ((ProviderException) thrown).failure();
  }

  default Change tags(String colour) {
    return new Change.SetTags(Map.of("c", colour));
  }

  default IdempotencyKey key(Owner owner, String action) {
    return IdempotencyKey.of(owner.uid(), owner.incarnation(), action);
  }
}
