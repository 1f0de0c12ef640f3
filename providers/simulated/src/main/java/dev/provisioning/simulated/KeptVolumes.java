package dev.provisioning.simulated;

import dev.provisioning.spi.model.MachineId;
import dev.provisioning.spi.model.Owner;
import dev.provisioning.spi.model.Volume;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Volumes that outlived their machines. Not thread-safe; the cloud holds the lock. */
final class KeptVolumes {
  record Kept(String id, Owner owner) {}

  private final Map<String, Kept> kept = new LinkedHashMap<>();

  void keep(List<Volume> volumes, Owner owner) {
    volumes.forEach(v -> kept.put(v.id(), new Kept(v.id(), owner)));
  }

  void forget(MachineId machine, Owner owner) {
    kept.values().removeIf(v -> v.id().startsWith(machine + "-") && v.owner().equals(owner));
  }

  List<Kept> all() {
    return List.copyOf(kept.values());
  }
}
