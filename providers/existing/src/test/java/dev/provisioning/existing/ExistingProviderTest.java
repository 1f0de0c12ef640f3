package dev.provisioning.existing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.MachineId;
import dev.provisioning.spi.model.MachineRequest;
import dev.provisioning.spi.model.MachineState;
import dev.provisioning.spi.model.Owner;
import dev.provisioning.spi.model.ShellTarget;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExistingProviderTest {
  private static final Owner OURS = new Owner("op", "team", "lab", "web", "uid-1", 1);
  private static final Owner THEIRS = new Owner("op-2", "other", "lab", "db", "uid-2", 1);

  @TempDir Path root;
  private ExistingFixture world;
  private ExistingProvider provider;
  private MachineRequest request;

  @BeforeEach
  void start() {
    world = new ExistingFixture(root, "op");
    provider = world.existing();
    request = world.request(OURS, "web", 0);
  }

  @Test
  void theIdRecordsTheMachineAndItsAddress() {
    assertThat(provider.create(request).id().value()).matches("[0-9a-f]{32}@10\\.0\\.0\\.1:22");
  }

  @Test
  void aSecondServerWithTheSameAddressIsToldWhoseTheMachineIs() {
    provider.create(request);
    world.names(THEIRS, world.addressOf(OURS));
    Failure failure = failure(() -> provider.create(world.request(THEIRS, "db", 0)));
    assertThat(failure.reason()).isEqualTo("OwnedByAnother");
    assertThat(failure.message())
        .isEqualTo(
            "machine 10.0.0.1:22 belongs to Server team/web of Workspace lab (uid uid-1, since"
                + " 2026-01-01T00:00:00Z); it is given back when that Server is deleted");
  }

  @Test
  void anotherMachineAtTheAddressStopsEveryEffect() {
    MachineId id = provider.create(request).id();
    world.hosts.replace(world.addressOf(OURS));
    for (ThrowingCallable call :
        new ThrowingCallable[] {
          () -> provider.read(id),
          () -> provider.delete(id, OURS, false, request.key()),
          () -> provider.release(id, OURS)
        }) {
      assertThat(failure(call).reason()).isEqualTo("IdentityChanged");
    }
    assertThat(world.hosts.ownerFile(world.addressOf(OURS))).isPresent();
  }

  @Test
  void aSwappedHostKeyIsAChangedIdentity() {
    MachineId id = provider.create(request).id();
    world.hosts.swapHostKey(world.addressOf(OURS));
    assertThat(failure(() -> provider.read(id)))
        .isInstanceOf(Failure.Conflict.class)
        .extracting(Failure::reason)
        .isEqualTo("IdentityChanged");
  }

  @Test
  void aMachineThatDoesNotAnswerIsUnknownAndNeverGone() {
    MachineId id = provider.create(request).id();
    world.hosts.cutOff(world.addressOf(OURS));
    assertThat(provider.read(id).orElseThrow().state()).isEqualTo(MachineState.UNKNOWN);
    assertThat(provider.read(id).orElseThrow().reason()).isEqualTo("HostUnreachable");
    assertThatThrownBy(() -> provider.find(OURS)).isInstanceOf(ProviderException.class);
    assertThat(failure(() -> provider.delete(id, OURS, false, request.key())))
        .isInstanceOf(Failure.Transient.class);
  }

  @Test
  void aQuarantinedMachineIsClaimedOnlyByItsMachineId() {
    MachineId id = provider.create(request).id();
    provider.quarantine(id, OURS);
    world.names(THEIRS, world.addressOf(OURS));
    Failure refused = failure(() -> provider.create(world.request(THEIRS, "db", 0)));
    String machineId = ExistingId.machineIdIn(id);
    assertThat(refused.reason()).isEqualTo("Quarantined");
    assertThat(refused.message()).endsWith("to claim it set spec.adopt.id: " + machineId);
    assertThat(provider.claim(new MachineId(machineId), THEIRS).id()).isEqualTo(id);
    assertThat(provider.read(id).orElseThrow().owner()).contains(THEIRS);
  }

  @Test
  void adoptingAnotherMachineIdThanTheOneAtTheAddressIsRefused() {
    MachineId wrong = new MachineId("0".repeat(32));
    assertThat(failure(() -> provider.claim(wrong, OURS)).reason()).isEqualTo("IdentityChanged");
    assertThat(world.hosts.ownerFile(world.addressOf(OURS))).isEmpty();
  }

  @Test
  void anOwnerFileThatIsNotOursIsNeverOverwritten() {
    String host = world.addressOf(OURS);
    world.hosts.write(host, "lib/owner.json", "by hand");
    assertThat(failure(() -> provider.create(request)).message())
        .contains("/var/lib/provisioning/owner.json");
    assertThat(world.hosts.ownerFile(host)).contains("by hand");
  }

  @Test
  void aServerWithoutAddressIsInvalid() {
    ExistingProvider blind =
        new ExistingProvider(world.hosts, new NoTargets(), "op", () -> Instant.EPOCH);
    assertThat(failure(() -> blind.create(request)))
        .isEqualTo(
            new Failure.Invalid(
                "AddressMissing",
                "spec.address: a Server of provider type existing names its machine"));
  }

  @Test
  void deletingLeavesNothingOfOursButTheMachine() {
    MachineId id = provider.create(request).id();
    provider.delete(id, OURS, false, request.key());
    assertThat(world.hosts.ownerFile(world.addressOf(OURS))).isEmpty();
    assertThat(provider.read(id).orElseThrow().state()).isEqualTo(MachineState.RUNNING);
  }

  private static Failure failure(ThrowingCallable call) {
    return catchThrowableOfType(ProviderException.class, call).failure();
  }

  /** A Workspace whose Servers name no machine. */
  private static final class NoTargets implements TargetResolver {
    @Override
    public Optional<ShellTarget> of(Owner owner) {
      return Optional.empty();
    }

    @Override
    public Optional<ShellTarget> at(String host, int port) {
      return Optional.empty();
    }

    @Override
    public List<ShellTarget> all() {
      return List.of();
    }
  }
}
