package dev.provisioning.controllers.server;

import dev.provisioning.spi.model.Machine;
import dev.provisioning.spi.model.Owner;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** What one provider entry was last seen to have. Thread-safe. */
final class Sight {
  private final AtomicBoolean asking = new AtomicBoolean();
  private Map<String, Machines> byUid = Map.of();
  private Instant at = Instant.MIN;
  private Instant wanted = Instant.MAX;

  /** The machines of one Server, as they are but for when they were looked at. */
  private record Machines(ResourceID server, Set<Machine> machines) {}

  synchronized boolean shows(String uid, Instant now, Duration fresh) {
    wanted = now;
    return byUid.containsKey(uid) && at.plus(fresh).isAfter(now);
  }

  /** Nobody asked for that long. */
  synchronized boolean forgotten(Instant now, Duration age) {
    return wanted != Instant.MAX && wanted.plus(age).isBefore(now);
  }

  /** False while the question before has no answer yet. */
  boolean begin() {
    return asking.compareAndSet(false, true);
  }

  void end() {
    asking.set(false);
  }

  /** The Servers whose machines are others than at the look before, or are gone. */
  synchronized Collection<ResourceID> changed(List<Machine> machines, Instant now) {
    Map<String, Machines> before = byUid;
    byUid = byUid(machines);
    at = now;
    Set<ResourceID> servers = new HashSet<>();
    before.forEach(
        (uid, old) -> {
          if (!old.equals(byUid.get(uid))) {
            servers.add(old.server());
          }
        });
    return servers;
  }

  /** Those that were watched and are not any more. */
  synchronized Collection<ResourceID> lost() {
    List<ResourceID> servers = byUid.values().stream().map(Machines::server).toList();
    byUid = Map.of();
    return servers;
  }

  private static Map<String, Machines> byUid(List<Machine> machines) {
    Map<String, Machines> all = new HashMap<>();
    for (Machine machine : machines) {
      Owner owner = machine.owner().orElseThrow();
      all.computeIfAbsent(
              owner.uid(),
              uid ->
                  new Machines(new ResourceID(owner.server(), owner.namespace()), new HashSet<>()))
          .machines()
          .add(machine.observed(Instant.EPOCH));
    }
    return all;
  }
}
