package dev.provisioning.simulated;

import dev.provisioning.simulated.SimulatedMachine.Phase;
import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.UserTags;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.Machine;
import dev.provisioning.spi.model.MachineId;
import dev.provisioning.spi.model.MachineRequest;
import dev.provisioning.spi.model.MachineState;
import dev.provisioning.spi.model.StorageRequest;
import dev.provisioning.spi.model.Volume;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes machines, one a key: by the cloud's own tokens, or where it has none by what reads show.
 * Not thread-safe; the cloud holds the lock.
 */
final class Launches {
  private final MachineStore store;
  private final EffectLedger ledger;
  private final Capacity capacity;
  private final Deque<String> failures = new ArrayDeque<>();

  Launches(MachineStore store, EffectLedger ledger, Capacity capacity) {
    this.store = store;
    this.ledger = ledger;
    this.capacity = capacity;
  }

  /** The next machine ends with this reason; {@link Machine#HALF_MADE} cuts its create short. */
  void failNext(String reason) {
    failures.addLast(reason);
  }

  MachineId create(MachineRequest request, SimulatedSettings settings, Instant now) {
    Optional<SimulatedMachine> halfMade = halfMade(request);
    if (halfMade.isPresent()) {
      put(halfMade.get().in(Phase.STARTING, now.plus(settings.bootLag()), ""), settings, now);
      return halfMade.get().id();
    }
    Optional<MachineId> earlier = settings.createOnce() ? byToken(request) : byKey(request, now);
    if (earlier.isPresent()) {
      return earlier.get();
    }
    requireKnown(request);
    capacity.require(request.plan(), request.zone());
    Capacity.requireQuota(store.size(), settings.maxMachines());
    SimulatedMachine machine = launched(request, settings, now);
    store.remember(request.key(), machine.id(), request.hashCode());
    put(machine, settings, now);
    ledger.add(Operation.CREATE, machine.id(), request.owner(), Optional.of(request.key()), "");
    if (machine.phase() == Phase.HALF_MADE) {
      throw failed(
          new Failure.OutcomeUnknown("NoAnswer", "the create was cut short; what was made stands"));
    }
    return machine.id();
  }

  private void put(SimulatedMachine machine, SimulatedSettings settings, Instant now) {
    store.put(machine, now, settings.visibilityLag());
  }

  private Optional<SimulatedMachine> halfMade(MachineRequest request) {
    return store
        .token(request.key())
        .flatMap(token -> store.truth(token.id()))
        .filter(machine -> machine.phase() == Phase.HALF_MADE);
  }

  private Optional<MachineId> byToken(MachineRequest request) {
    Optional<MachineStore.Token> token = store.token(request.key());
    token.ifPresent(known -> requireUsable(known, request));
    return token.map(MachineStore.Token::id);
  }

  private void requireUsable(MachineStore.Token known, MachineRequest request) {
    if (known.requestHash() != request.hashCode()) {
      throw failed(
          new Failure.OutcomeUnknown(
              "IdempotentParameterMismatch",
              "key " + request.key() + " was used with other parameters"));
    }
    boolean usable =
        store.truth(known.id()).filter(m -> !m.deleted() && m.phase() != Phase.FAILED).isPresent();
    if (!usable) {
      throw ended(known.id());
    }
  }

  private Optional<MachineId> byKey(MachineRequest request, Instant now) {
    return store.visibleOf(request.owner().uid(), now).stream()
        .filter(machine -> machine.state(now) != MachineState.GONE)
        .filter(machine -> machine.key().filter(request.key()::equals).isPresent())
        .findFirst()
        .map(machine -> usable(machine, now).id());
  }

  private static SimulatedMachine usable(SimulatedMachine machine, Instant now) {
    MachineState state = machine.state(now);
    if (state == MachineState.ERROR || state == MachineState.DELETING) {
      throw ended(machine.id());
    }
    return machine;
  }

  private static ProviderException ended(MachineId id) {
    return failed(
        new Failure.Permanent("LaunchFailed", "machine " + id + " of this try has ended already"));
  }

  private SimulatedMachine launched(
      MachineRequest request, SimulatedSettings settings, Instant now) {
    MachineId id = store.nextId();
    String failure = failures.isEmpty() ? "" : failures.removeFirst();
    return new SimulatedMachine(
        id,
        request.name(),
        Optional.of(request.owner()),
        Optional.of(request.key()),
        firstPhase(failure),
        now.plus(settings.bootLag()),
        failure,
        request.plan(),
        request.imageId(),
        request.zone(),
        store.takeAddress(),
        request.network().publicIpv4(),
        volumes(id, request.storage()),
        request.network().firewall(),
        request.tags(),
        now);
  }

  private static Phase firstPhase(String failure) {
    return switch (failure) {
      case "" -> Phase.STARTING;
      case Machine.HALF_MADE -> Phase.HALF_MADE;
      default -> Phase.FAILED;
    };
  }

  private static List<Volume> volumes(MachineId id, StorageRequest storage) {
    return storage.disks().stream()
        .map(disk -> new Volume(id + "-" + disk.name(), disk.name(), disk.sizeGb()))
        .toList();
  }

  /** A running machine that nobody asked for by a key. */
  MachineId unowned(String name, String plan, String zone, Instant now) {
    MachineId id = store.nextId();
    SimulatedMachine machine =
        new SimulatedMachine(
            id,
            name,
            Optional.empty(),
            Optional.empty(),
            Phase.STARTING,
            now,
            "",
            plan,
            SimulatedCatalog.CATALOG.images().getFirst().id(),
            zone,
            store.takeAddress(),
            true,
            List.of(),
            List.of(),
            Map.of(),
            now);
    store.put(machine, now, Duration.ZERO);
    return id;
  }

  private static void requireKnown(MachineRequest request) {
    ChangeRules.requirePlan(request.plan());
    UserTags.require(request.tags());
    if (!SimulatedCatalog.hasZone(request.zone())) {
      throw ChangeRules.invalid(
          "ZoneNotFound", "spec.zone: no zone " + request.zone() + "; there are sim-a, sim-b");
    }
    if (!SimulatedCatalog.hasImage(request.imageId())) {
      throw ChangeRules.invalid(
          "ImageNotFound",
          "spec.image: the provider has no image %s; it has %s"
              .formatted(request.imageId(), SimulatedCatalog.images()));
    }
  }

  private static ProviderException failed(Failure failure) {
    return new ProviderException(failure);
  }
}
