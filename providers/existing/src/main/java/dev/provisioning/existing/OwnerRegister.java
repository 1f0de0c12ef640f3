package dev.provisioning.existing;

import dev.provisioning.spi.model.IdempotencyKey;
import dev.provisioning.spi.model.Owner;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * Writes on a machine whose it is: a claim takes it, giving it up frees it, a quarantine keeps
 * everybody off. Nothing is written where the owner file is no longer the one that was seen.
 */
record OwnerRegister(Hosts hosts, InstantSource clock) {
  /** Takes a free machine; leaves one alone that is this owner's already. */
  Host claim(Host host, Owner owner, Optional<IdempotencyKey> key) {
    HostState state = host.state();
    if (!state.free()) {
      Ownership.require(host, owner);
      return host;
    }
    OwnerFile file = OwnerFile.owned(owner, key, now());
    return heldBy(owner, host, HostScripts.claim(state.machineId(), file.json()));
  }

  /** Whoever names the machine-id has looked at the machine: that ends a quarantine. */
  Host adopt(Host host, Owner owner) {
    if (!host.quarantined()) {
      return claim(host, owner, Optional.empty());
    }
    OwnerFile file = OwnerFile.owned(owner, Optional.empty(), now());
    return heldBy(owner, host, replaced(host, file));
  }

  void giveUp(Host host, Owner owner) {
    HostState state = host.state();
    if (!state.free()) {
      Ownership.require(host, owner);
      hosts.effect(host, HostScripts.giveUp(state.machineId(), state.ownerText()));
    }
  }

  void quarantine(Host host, Owner owner) {
    Ownership.require(host, owner);
    OwnerFile file = host.state().ownerFile().orElseThrow().quarantined(now());
    hosts.effect(host, replaced(host, file));
  }

  /** The caller has made sure that the machine is its owner's. */
  void tag(Host host, Map<String, String> tags) {
    HostState state = host.state();
    if (!state.tags().equals(tags)) {
      hosts.effect(
          host, HostScripts.tag(state.machineId(), state.ownerText(), HostState.json(tags)));
    }
  }

  private Host heldBy(Owner owner, Host host, String script) {
    Host after = hosts.effect(host, script);
    Ownership.require(after, owner);
    return after;
  }

  private static String replaced(Host host, OwnerFile file) {
    return HostScripts.replace(host.state().machineId(), host.state().ownerText(), file.json());
  }

  private String now() {
    return clock.instant().toString();
  }
}
