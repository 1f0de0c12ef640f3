package dev.provisioning.existing;

import dev.provisioning.spi.model.Address;
import dev.provisioning.spi.model.Machine;
import dev.provisioning.spi.model.MachineState;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Shows what a machine says, or that it says nothing, in the words of the port. */
record MachineViews(InstantSource clock) {
  Machine machine(Host host) {
    boolean quarantined = host.quarantined();
    return machine(
        host.id(),
        host.state().ownerFile().filter(f -> !quarantined),
        host.state().tags(),
        MachineState.RUNNING,
        quarantined ? "Quarantined" : "");
  }

  /** A machine that gives no answer, {@code reason} says why. */
  Machine silent(ExistingId id, String reason) {
    return machine(id, Optional.empty(), Map.of(), MachineState.UNKNOWN, reason);
  }

  private Machine machine(
      ExistingId id,
      Optional<OwnerFile> file,
      Map<String, String> tags,
      MachineState state,
      String reason) {
    return new Machine(
        id.id(),
        id.host(),
        file.map(OwnerFile::owner),
        file.flatMap(OwnerFile::idempotencyKey),
        state,
        reason,
        ExistingProvider.ANY,
        ExistingProvider.ANY,
        id.host(),
        List.of(address(id.host())),
        List.of(),
        Optional.empty(),
        tags,
        file.map(f -> instant(f.since())).orElse(Instant.EPOCH),
        clock.instant());
  }

  private static Address address(String host) {
    boolean ipv4 = host.matches("[0-9]+(\\.[0-9]+){3}");
    boolean ipv6 = host.contains(":");
    Address.Type type =
        ipv4 ? Address.Type.PRIVATE_IPV4 : ipv6 ? Address.Type.IPV6 : Address.Type.HOSTNAME;
    return new Address(type, host);
  }

  /** A damaged moment costs the age of a machine, nothing else. */
  private static Instant instant(String text) {
    try {
      return Instant.parse(String.valueOf(text));
    } catch (DateTimeParseException e) {
      return Instant.EPOCH;
    }
  }
}
