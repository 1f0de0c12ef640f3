package dev.provisioning.spi.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A machine as its provider reports it at {@code observedAt}. {@code tags} are the user's only;
 * ownership is in {@code owner} and {@code key}.
 *
 * @param owner absent while it belongs to no Server
 * @param key of the try that made it; absent where it was adopted
 * @param reason the provider's word for an unusual state; empty when there is nothing to say
 * @param firewallHash as {@link NetworkRequest#firewallHash}; absent where the provider has no
 *     firewall
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
  /**
   * The {@code reason} of a Pending machine whose create was cut short between two calls to the
   * provider. It never runs by itself; the same create completes it (P1).
   */
  public static final String HALF_MADE = "HalfMade";

  public Machine {
    addresses = List.copyOf(addresses);
    volumes = List.copyOf(volumes);
    tags = Map.copyOf(tags);
  }

  /** Whether its create was cut short: see {@link #HALF_MADE}. */
  public boolean halfMade() {
    return state == MachineState.PENDING && reason.equals(HALF_MADE);
  }

  /** By uid and incarnation; names prove nothing. */
  public boolean ownedBy(Owner other) {
    return owner.filter(other::sameIncarnation).isPresent();
  }

  /** The same, as if it had been looked at then: two are compared as of one moment. */
  public Machine observed(Instant at) {
    return new Machine(
        id,
        name,
        owner,
        key,
        state,
        reason,
        plan,
        imageId,
        zone,
        addresses,
        volumes,
        firewallHash,
        tags,
        createdAt,
        at);
  }
}
