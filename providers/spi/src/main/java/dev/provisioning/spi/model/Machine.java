package dev.provisioning.spi.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A machine as its provider reports it at {@code observedAt}. {@code tags} are the user's only;
 * ownership is in {@code owner} and {@code key}. {@code firewallHash} is absent where the provider
 * has no firewall.
 */
public record Machine(
    MachineId id,
    String name,
    Optional<Owner> owner,
    Optional<IdempotencyKey> key,
    MachineState state,
    String reason,
    String plan,
    String imageId,
    String zone,
    List<Address> addresses,
    List<Volume> volumes,
    Optional<String> firewallHash,
    Map<String, String> tags,
    Instant createdAt,
    Instant observedAt) {
  public Machine {
    addresses = List.copyOf(addresses);
    volumes = List.copyOf(volumes);
    tags = Map.copyOf(tags);
  }

  public boolean ownedBy(Owner other) {
    return owner
        .filter(o -> o.uid().equals(other.uid()) && o.incarnation() == other.incarnation())
        .isPresent();
  }
}
