package dev.provisioning.simulated;

import dev.provisioning.spi.model.Address;
import dev.provisioning.spi.model.IdempotencyKey;
import dev.provisioning.spi.model.Machine;
import dev.provisioning.spi.model.MachineId;
import dev.provisioning.spi.model.MachineState;
import dev.provisioning.spi.model.NetworkRequest;
import dev.provisioning.spi.model.Owner;
import dev.provisioning.spi.model.Volume;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One machine at one moment of its history. Its state follows from {@code phase} and the clock, so
 * no timer runs:
 *
 * <pre>
 * STARTING --until--> Running    (Pending before)
 * STOPPING --until--> Stopped
 * DELETING --until--> denied     (read is empty)
 * FAILED                         Error, for ever
 * </pre>
 */
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
    Instant createdAt) {
  enum Phase {
    STARTING,
    STOPPING,
    DELETING,
    FAILED
  }

  MachineState state(Instant now) {
    boolean over = !now.isBefore(until);
    return switch (phase) {
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
    return new SimulatedMachine(
        id,
        name,
        other,
        other.flatMap(o -> key),
        phase,
        until,
        reason,
        plan,
        imageId,
        zone,
        address,
        publicIpv4,
        volumes,
        firewall,
        tags,
        createdAt);
  }

  SimulatedMachine in(Phase other, Instant end, String why) {
    return new SimulatedMachine(
        id,
        name,
        owner,
        key,
        other,
        end,
        why,
        plan,
        imageId,
        zone,
        address,
        publicIpv4,
        volumes,
        firewall,
        tags,
        createdAt);
  }

  SimulatedMachine withPlan(String other) {
    return new SimulatedMachine(
        id,
        name,
        owner,
        key,
        phase,
        until,
        reason,
        other,
        imageId,
        zone,
        address,
        publicIpv4,
        volumes,
        firewall,
        tags,
        createdAt);
  }

  SimulatedMachine withVolumes(List<Volume> other) {
    return new SimulatedMachine(
        id,
        name,
        owner,
        key,
        phase,
        until,
        reason,
        plan,
        imageId,
        zone,
        address,
        publicIpv4,
        List.copyOf(other),
        firewall,
        tags,
        createdAt);
  }

  SimulatedMachine withFirewall(List<NetworkRequest.FirewallRule> other) {
    return new SimulatedMachine(
        id,
        name,
        owner,
        key,
        phase,
        until,
        reason,
        plan,
        imageId,
        zone,
        address,
        publicIpv4,
        volumes,
        other,
        tags,
        createdAt);
  }

  SimulatedMachine withTags(Map<String, String> other) {
    return new SimulatedMachine(
        id,
        name,
        owner,
        key,
        phase,
        until,
        reason,
        plan,
        imageId,
        zone,
        address,
        publicIpv4,
        volumes,
        firewall,
        other,
        createdAt);
  }
}
