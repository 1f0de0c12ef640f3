package dev.provisioning.simulated;

import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Address;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.IdempotencyKey;
import dev.provisioning.spi.model.Machine;
import dev.provisioning.spi.model.MachineId;
import dev.provisioning.spi.model.MachineState;
import dev.provisioning.spi.model.NetworkRequest;
import dev.provisioning.spi.model.Owner;
import dev.provisioning.spi.model.Volume;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One machine at one moment of its history. Its state follows from {@code phase} and the clock, so
 * no timer runs:
 *
 * <pre>
 * HALF_MADE                      Pending, until the same create completes it
 * STARTING --until--> Running    (Pending before)
 * STOPPING --until--> Stopped
 * DELETING --until--> denied     (read is empty)
 * FAILED                         Error, for ever
 * </pre>
 */
@RecordBuilder
record SimulatedMachine(
    MachineId id,
    String name,
    Optional<Owner> owner,
    Optional<IdempotencyKey> key,
    Phase phase,
    Instant until,
    String reason,
    String plan,
    String imageId,
    String zone,
    int address,
    boolean publicIpv4,
    List<Volume> volumes,
    List<NetworkRequest.FirewallRule> firewall,
    Map<String, String> tags,
    Instant createdAt)
    implements SimulatedMachineBuilder.With {
  enum Phase {
    HALF_MADE,
    STARTING,
    STOPPING,
    DELETING,
    FAILED
  }

  SimulatedMachine {
    volumes = List.copyOf(volumes);
  }

  MachineState state(Instant now) {
    boolean over = !now.isBefore(until);
    return switch (phase) {
      case HALF_MADE -> MachineState.PENDING;
      case STARTING -> over ? MachineState.RUNNING : MachineState.PENDING;
      case STOPPING -> over ? MachineState.STOPPED : MachineState.STOPPING;
      case DELETING -> over ? MachineState.GONE : MachineState.DELETING;
      case FAILED -> MachineState.ERROR;
    };
  }

  boolean on() {
    return phase == Phase.STARTING;
  }

  boolean deleted() {
    return phase == Phase.DELETING;
  }

  void requireOwner(Owner other) {
    if (owner.filter(other::sameIncarnation).isEmpty()) {
      String who =
          owner.map(o -> "Server %s/%s".formatted(o.namespace(), o.server())).orElse("no Server");
      throw new ProviderException(
          new Failure.Conflict("OwnedByAnother", "machine %s belongs to %s".formatted(id, who)));
    }
  }

  Machine view(Instant now) {
    Address.Type type = publicIpv4 ? Address.Type.PUBLIC_IPV4 : Address.Type.PRIVATE_IPV4;
    return new Machine(
        id,
        name,
        owner,
        key,
        state(now),
        reason,
        plan,
        imageId,
        zone,
        List.of(new Address(type, Addresses.text(address))),
        volumes,
        Optional.of(NetworkRequest.firewallHash(firewall)),
        tags,
        createdAt,
        now);
  }

  SimulatedMachine ownedBy(Optional<Owner> other) {
    return with(b -> b.owner(other).key(other.flatMap(o -> key)));
  }

  SimulatedMachine in(Phase other, Instant end, String why) {
    return with(b -> b.phase(other).until(end).reason(why));
  }
}
