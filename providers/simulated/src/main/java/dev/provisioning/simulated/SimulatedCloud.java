package dev.provisioning.simulated;

import dev.provisioning.simulated.SimulatedMachine.Phase;
import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Change;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.IdempotencyKey;
import dev.provisioning.spi.model.Machine;
import dev.provisioning.spi.model.MachineId;
import dev.provisioning.spi.model.MachineRequest;
import dev.provisioning.spi.model.MachineState;
import dev.provisioning.spi.model.Owner;
import dev.provisioning.spi.model.StorageRequest;
import dev.provisioning.spi.model.Volume;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The world in memory that {@link SimulatedProvider}s talk to. It outlives them, as a cloud
 * outlives its client: in tests a new provider on the same cloud is a restarted operator. It does
 * not outlive the process.
 *
 * <p>Deterministic: time comes from the given clock, failures from {@link Faults}. Thread-safe. The
 * methods after "for tests" are what happens to a cloud behind the operator's back.
 */
public final class SimulatedCloud {
  private final InstantSource clock;
  private final MachineStore store = new MachineStore();
  private final EffectLedger ledger = new EffectLedger();
  private final Network network = new Network();
  private final Map<String, KeptVolume> kept = new LinkedHashMap<>();
  private final Capacity capacity = new Capacity();
  private final Deque<String> failingLaunches = new ArrayDeque<>();
  private SimulatedSettings settings;

  /** A volume that outlived its machine. */
  record KeptVolume(String id, Owner owner) {}

  public SimulatedCloud(InstantSource clock, SimulatedSettings settings) {
    this.clock = clock;
    this.settings = settings;
  }

  /** A cloud without lag on the system's clock. */
  public static SimulatedCloud instant() {
    return new SimulatedCloud(InstantSource.system(), SimulatedSettings.instant());
  }

  synchronized SimulatedSettings settings() {
    return settings;
  }

  synchronized Optional<Failure> outage() {
    return network.outage();
  }

  Instant now() {
    return clock.instant();
  }

  /** Runs one call under the lock, with the fault that its turn brings. */
  synchronized <T> T call(Operation operation, Supplier<T> body) {
    network.requireUp();
    store.expire(now());
    return network.carry(operation, settings.faults(), body);
  }

  List<Machine> visible() {
    Instant now = now();
    return live(store.visible(now), now);
  }

  List<Machine> visibleOf(String uid) {
    Instant now = now();
    return live(store.visibleOf(uid, now), now);
  }

  Optional<Machine> visible(MachineId id) {
    Instant now = now();
    return live(store.visible(id, now).stream().toList(), now).stream().findFirst();
  }

  private static List<Machine> live(List<SimulatedMachine> machines, Instant now) {
    return machines.stream()
        .map(machine -> machine.view(now))
        .filter(view -> view.state() != MachineState.GONE)
        .toList();
  }

  MachineId create(MachineRequest request) {
    Optional<MachineId> earlier = settings.createOnce() ? byToken(request) : byKey(request);
    if (earlier.isPresent()) {
      return earlier.get();
    }
    requireKnown(request);
    capacity.require(request.plan(), request.zone());
    Capacity.requireQuota(store.size(), settings.maxMachines());
    SimulatedMachine machine = launched(request);
    store.remember(request.key(), machine.id(), request.hashCode());
    put(machine);
    ledger.add(
        now(), Operation.CREATE, machine.id(), request.owner(), Optional.of(request.key()), "");
    return machine.id();
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

  private static Machine usable(Machine machine) {
    if (machine.state() == MachineState.ERROR || machine.state() == MachineState.DELETING) {
      throw ended(machine.id());
    }
    return machine;
  }

  private static ProviderException ended(MachineId id) {
    return failed(
        new Failure.Permanent("LaunchFailed", "machine " + id + " of this try has ended already"));
  }

  private Optional<MachineId> byKey(MachineRequest request) {
    return visibleOf(request.owner().uid()).stream()
        .filter(machine -> machine.key().filter(request.key()::equals).isPresent())
        .findFirst()
        .map(machine -> usable(machine).id());
  }

  private SimulatedMachine launched(MachineRequest request) {
    Instant now = now();
    MachineId id = store.nextId();
    String failing = failingLaunches.pollFirst();
    return new SimulatedMachine(
        id,
        request.name(),
        Optional.of(request.owner()),
        Optional.of(request.key()),
        failing == null ? Phase.STARTING : Phase.FAILED,
        now.plus(settings.bootLag()),
        failing == null ? "" : failing,
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

  private static List<Volume> volumes(MachineId id, StorageRequest storage) {
    return storage.disks().stream()
        .map(disk -> new Volume(id + "-" + disk.name(), disk.name(), disk.sizeGb()))
        .toList();
  }

  private static void requireKnown(MachineRequest request) {
    ChangeRules.requirePlan(request.plan());
    ChangeRules.requireUserTags(request.tags());
    if (!SimulatedCatalog.hasZone(request.zone())) {
      throw ChangeRules.invalid(
          "ZoneNotFound", "spec.zone: no zone " + request.zone() + "; there are sim-a, sim-b");
    }
    if (!SimulatedCatalog.hasImage(request.imageId())) {
      throw ChangeRules.invalid("ImageNotFound", "spec.image: no image " + request.imageId());
    }
  }

  void claim(MachineId id, Owner owner) {
    SimulatedMachine machine = present(id);
    if (machine.owner().isPresent()) {
      requireOwner(machine, owner);
      return;
    }
    put(machine.ownedBy(Optional.of(owner)));
    ledger.add(now(), Operation.CLAIM, id, owner, Optional.empty(), "");
  }

  void change(MachineId id, Owner owner, Change change, IdempotencyKey key) {
    SimulatedMachine machine = present(id);
    requireOwner(machine, owner);
    if (change instanceof Change.Resize resize && !resize.plan().equals(machine.plan())) {
      capacity.require(resize.plan(), machine.zone());
    }
    SimulatedMachine changed = new ChangeRules(settings, now()).apply(machine, change);
    if (changed != machine) {
      put(changed);
      ledger.add(now(), Operation.CHANGE, id, owner, Optional.of(key), change.toString());
    }
  }

  void delete(MachineId id, Owner owner, boolean keepStorage, IdempotencyKey key) {
    Optional<SimulatedMachine> machine = store.truth(id);
    machine.ifPresent(present -> requireOwner(present, owner));
    if (!keepStorage) {
      kept.values().removeIf(v -> v.id().startsWith(id + "-") && v.owner().equals(owner));
    }
    if (machine.isEmpty() || machine.get().deleted()) {
      return;
    }
    if (keepStorage) {
      machine.get().volumes().forEach(v -> kept.put(v.id(), new KeptVolume(v.id(), owner)));
    }
    put(machine.get().in(Phase.DELETING, now().plus(settings.deleteLag()), ""));
    ledger.add(
        now(), Operation.DELETE, id, owner, Optional.of(key), keepStorage ? "keepStorage" : "");
  }

  void release(MachineId id, Owner owner) {
    Optional<SimulatedMachine> machine = store.truth(id).filter(m -> !m.deleted());
    if (machine.isEmpty() || machine.get().owner().isEmpty()) {
      return;
    }
    requireOwner(machine.get(), owner);
    put(machine.get().ownedBy(Optional.empty()));
    ledger.add(now(), Operation.RELEASE, id, owner, Optional.empty(), "");
  }

  List<KeptVolume> keptVolumes() {
    return List.copyOf(kept.values());
  }

  private SimulatedMachine present(MachineId id) {
    return store
        .truth(id)
        .filter(machine -> !machine.deleted())
        .orElseThrow(
            () -> failed(new Failure.Conflict("MachineNotFound", "there is no machine " + id)));
  }

  private static void requireOwner(SimulatedMachine machine, Owner owner) {
    boolean ours =
        machine
            .owner()
            .filter(o -> o.uid().equals(owner.uid()) && o.incarnation() == owner.incarnation())
            .isPresent();
    if (!ours) {
      String who =
          machine
              .owner()
              .map(o -> "Server %s/%s".formatted(o.namespace(), o.server()))
              .orElse("no Server");
      throw failed(
          new Failure.Conflict(
              "OwnedByAnother", "machine %s belongs to %s".formatted(machine.id(), who)));
    }
  }

  private void put(SimulatedMachine machine) {
    Instant now = now();
    store.put(machine, now, now.plus(settings.visibilityLag()));
  }

  private static ProviderException failed(Failure failure) {
    return new ProviderException(failure);
  }

  // ---- for tests: the truth, and what happens behind the operator's back ----

  /** Every effect that happened, oldest first. */
  public synchronized List<LedgerEntry> ledger() {
    return ledger.entries();
  }

  /** How many machines were ever made for this try of a Server. */
  public synchronized long creates(String uid, int incarnation) {
    return ledger.creates(uid, incarnation);
  }

  /** How often the operation was called, whatever came of it. */
  public synchronized long calls(Operation operation) {
    return network.calls(operation);
  }

  /** The machines that exist now, however long reads take to show them. */
  public synchronized List<Machine> machines() {
    return live(store.truths(), now());
  }

  public synchronized void configure(Function<SimulatedSettings, SimulatedSettings> change) {
    settings = change.apply(settings);
  }

  /** A running machine without owner, for adoption. */
  public synchronized MachineId addUnowned(String name, String plan, String zone) {
    Instant now = now();
    MachineId id = store.nextId();
    store.put(
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
            now),
        now,
        now);
    return id;
  }

  /** Somebody deletes the machine by hand. */
  public synchronized void vanish(MachineId id) {
    Instant now = now();
    store.put(present(id).in(Phase.DELETING, now, ""), now, now);
  }

  /** Somebody changes the machine by hand; seen at once, not in the ledger. */
  public synchronized void alter(MachineId id, Change change) {
    Instant now = now();
    store.put(new ChangeRules(settings, now).apply(present(id), change), now, now);
  }

  /** From now on this plan is sold out in this zone, until {@link #restock}. */
  public synchronized void sellOut(String plan, String zone) {
    capacity.sellOut(plan, zone);
  }

  public synchronized void restock(String plan, String zone) {
    capacity.restock(plan, zone);
  }

  /** The next create is accepted, and its machine ends in Error with this reason. */
  public synchronized void failNextLaunch(String reason) {
    failingLaunches.addLast(reason);
  }

  /** Every call fails like this until {@link #recover}: an outage, a revoked credential. */
  public synchronized void breakDown(Failure failure) {
    network.breakDown(failure);
  }

  public synchronized void recover() {
    network.recover();
  }

  /** Machine names in order of creation, for messages of tests. */
  @Override
  public synchronized String toString() {
    List<String> names = new ArrayList<>();
    store.truths().forEach(m -> names.add(m.name() + "=" + m.phase()));
    return "SimulatedCloud" + names;
  }
}
