package dev.provisioning.existing;

import dev.provisioning.spi.model.ShellTarget;

/** One machine as it answered: where it was reached, and what it said of itself. */
record Host(ShellTarget target, HostState state) {
  ExistingId id() {
    return ExistingId.of(state.machineId(), target);
  }

  String place() {
    return Hosts.place(target);
  }

  boolean quarantined() {
    return state.ownerFile().filter(f -> f.state() == OwnerFile.State.Quarantined).isPresent();
  }
}
