package dev.provisioning.simulated;

import dev.provisioning.simulated.SimulatedMachine.Phase;
import dev.provisioning.spi.model.Change;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.IdempotencyKey;
import dev.provisioning.spi.model.Machine;
import dev.provisioning.spi.model.MachineId;
import dev.provisioning.spi.model.MachineRequest;
import dev.provisioning.spi.model.MachineState;
import dev.provisioning.spi.model.Owner;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
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
  private final Capacity capacity = new Capacity();
  private final Launches launches = new Launches(store, ledger, capacity);
  private final KeptVolumes kept = new KeptVolumes();
  private SimulatedSettings settings;

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
  <T> T call(Operation operation, Supplier<T> body) {
    Instant arrival = now();
    synchronized (this) {
      ledger.arrived(arrival);
      network.requireUp();
      store.expire(now());
      return network.carry(operation, settings.faults(), body);
    }
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
    return launches.create(request, settings, now());
  }

  void claim(MachineId id, Owner owner) {
    SimulatedMachine machine = store.present(id);
    if (machine.owner().isPresent()) {
      machine.requireOwner(owner);
      return;
    }
    put(machine.ownedBy(Optional.of(owner)));
    ledger.add(Operation.CLAIM, id, owner, Optional.empty(), "");
  }

  void change(MachineId id, Owner owner, Change change, IdempotencyKey key) {
    SimulatedMachine machine = store.present(id);
    machine.requireOwner(owner);
    if (change instanceof Change.Resize resize && !resize.plan().equals(machine.plan())) {
      capacity.require(resize.plan(), machine.zone());
    }
    SimulatedMachine changed = new ChangeRules(settings, now()).apply(machine, change);
    if (changed != machine) {
      put(changed);
      ledger.add(Operation.CHANGE, id, owner, Optional.of(key), change.toString());
    }
  }

  void delete(MachineId id, Owner owner, boolean keepStorage, IdempotencyKey key) {
    Optional<SimulatedMachine> machine = store.truth(id);
    machine.ifPresent(present -> present.requireOwner(owner));
    if (!keepStorage) {
      kept.forget(id, owner);
    }
    if (machine.isEmpty() || machine.get().deleted()) {
      return;
    }
    if (keepStorage) {
      kept.keep(machine.get().volumes(), owner);
    }
    put(machine.get().in(Phase.DELETING, now().plus(settings.deleteLag()), ""));
    ledger.add(Operation.DELETE, id, owner, Optional.of(key), keepStorage ? "keepStorage" : "");
  }

  void release(MachineId id, Owner owner) {
    Optional<SimulatedMachine> machine = store.truth(id).filter(m -> !m.deleted());
    if (machine.isEmpty() || machine.get().owner().isEmpty()) {
      return;
    }
    machine.get().requireOwner(owner);
    put(machine.get().ownedBy(Optional.empty()));
    ledger.add(Operation.RELEASE, id, owner, Optional.empty(), "");
  }

  List<KeptVolumes.Kept> keptVolumes() {
    return kept.all();
  }

  private void put(SimulatedMachine machine) {
    store.put(machine, now(), settings.visibilityLag());
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
    return launches.unowned(name, plan, zone, now());
  }

  /** Somebody deletes the machine by hand. */
  public synchronized void vanish(MachineId id) {
    Instant now = now();
    store.put(store.present(id).in(Phase.DELETING, now, ""), now, Duration.ZERO);
  }

  /** Somebody changes the machine by hand; seen at once, not in the ledger. */
  public synchronized void alter(MachineId id, Change change) {
    Instant now = now();
    SimulatedMachine altered = new ChangeRules(settings, now).apply(store.present(id), change);
    store.put(altered, now, Duration.ZERO);
  }

  /** From now on this plan is sold out in this zone, until {@link #restock}. */
  public synchronized void sellOut(String plan, String zone) {
    capacity.sellOut(plan, zone);
  }

  public synchronized void restock(String plan, String zone) {
    capacity.restock(plan, zone);
  }

  /** The next create ends without an answer when only the first half of it is done. */
  public synchronized void cutNextCreateShort() {
    launches.failNext(Machine.HALF_MADE);
  }

  /** The next create is accepted, and its machine ends in Error with this reason. */
  public synchronized void failNextLaunch(String reason) {
    launches.failNext(reason);
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
