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
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  /** The ledger keeps this many entries; older ones are counted by their sequence only. */
  public static final int LEDGER_LIMIT = 200_000;

  private static final Duration NEXT_TRY = Duration.ofSeconds(60);
  private static final Duration QUOTA_RETRY = Duration.ofMinutes(5);
  private static final Duration NETWORK_RETRY = Duration.ofSeconds(5);

  private final InstantSource clock;
  private final MachineStore store = new MachineStore();
  private final Deque<LedgerEntry> ledger = new ArrayDeque<>();
  private final Map<Operation, Long> calls = new EnumMap<>(Operation.class);
  private final Map<String, KeptVolume> kept = new LinkedHashMap<>();
  private final Set<String> soldOut = new HashSet<>();
  private final Deque<String> failingLaunches = new ArrayDeque<>();
  private SimulatedSettings settings;
  private Optional<Failure> outage = Optional.empty();
  private long sequence;

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
    return outage;
  }

  Instant now() {
    return clock.instant();
  }

  /** Runs one call under the lock, with the fault that its turn brings. */
  synchronized <T> T call(Operation operation, Supplier<T> body) {
    outage.ifPresent(
        failure -> {
          throw new ProviderException(failure);
        });
    store.expire(now());
    long count = calls.merge(operation, 1L, Long::sum) - 1;
    return switch (settings.faults().next(operation, count)) {
      case NONE -> body.get();
      case BEFORE_SEND ->
          throw failed(new Failure.Transient("ConnectionRefused", "nothing sent", NETWORK_RETRY));
      case THROTTLED ->
          throw failed(new Failure.Transient("Throttled", "rate limit reached", NETWORK_RETRY));
      case LOST_REQUEST -> throw noAnswer(operation);
      case LOST_REPLY -> {
        if (operation.effect()) {
          body.get();
        }
        throw noAnswer(operation);
      }
    };
  }

  private static ProviderException noAnswer(Operation operation) {
    String message = operation.name().toLowerCase(Locale.ROOT) + " got no answer";
    return failed(
        operation.effect()
            ? new Failure.OutcomeUnknown("NoAnswer", message)
            : new Failure.Transient("NoAnswer", message, NETWORK_RETRY));
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
    requireCapacity(request.plan(), request.zone());
    requireQuota();
    SimulatedMachine machine = launched(request);
    store.remember(request.key(), machine.id(), request.hashCode());
    put(machine);
    record(Operation.CREATE, machine.id(), request.owner(), Optional.of(request.key()), "");
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

  private void requireCapacity(String plan, String zone) {
    if (soldOut.contains(plan + "@" + zone)) {
      throw failed(
          new Failure.Waiting(
              "CapacityUnavailable", "zone %s has no %s left".formatted(zone, plan), NEXT_TRY));
    }
  }

  private void requireQuota() {
    if (store.size() >= settings.maxMachines()) {
      throw failed(
          new Failure.Waiting(
              "QuotaExceeded",
              "the account may have %d machines".formatted(settings.maxMachines()),
              QUOTA_RETRY));
    }
  }

  void claim(MachineId id, Owner owner) {
    SimulatedMachine machine = present(id);
    if (machine.owner().isPresent()) {
      requireOwner(machine, owner);
      return;
    }
    put(machine.ownedBy(Optional.of(owner)));
    record(Operation.CLAIM, id, owner, Optional.empty(), "");
  }

  void change(MachineId id, Owner owner, Change change, IdempotencyKey key) {
    SimulatedMachine machine = present(id);
    requireOwner(machine, owner);
    if (change instanceof Change.Resize resize && !resize.plan().equals(machine.plan())) {
      requireCapacity(resize.plan(), machine.zone());
    }
    SimulatedMachine changed = new ChangeRules(settings, now()).apply(machine, change);
    if (changed != machine) {
      put(changed);
      record(Operation.CHANGE, id, owner, Optional.of(key), change.toString());
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
    record(Operation.DELETE, id, owner, Optional.of(key), keepStorage ? "keepStorage" : "");
  }

  void release(MachineId id, Owner owner) {
    Optional<SimulatedMachine> machine = store.truth(id).filter(m -> !m.deleted());
    if (machine.isEmpty() || machine.get().owner().isEmpty()) {
      return;
    }
    requireOwner(machine.get(), owner);
    put(machine.get().ownedBy(Optional.empty()));
    record(Operation.RELEASE, id, owner, Optional.empty(), "");
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

  private void record(
      Operation operation, MachineId id, Owner by, Optional<IdempotencyKey> key, String detail) {
    sequence++;
    ledger.addLast(
        new LedgerEntry(sequence, now(), operation, id, by.uid(), by.incarnation(), key, detail));
    if (ledger.size() > LEDGER_LIMIT) {
      ledger.removeFirst();
    }
  }

  private static ProviderException failed(Failure failure) {
    return new ProviderException(failure);
  }

  // ---- for tests: the truth, and what happens behind the operator's back ----

  /** Every effect that happened, oldest first. */
  public synchronized List<LedgerEntry> ledger() {
    return List.copyOf(ledger);
  }

  /** How many machines were ever made for this try of a Server. */
  public synchronized long creates(String uid, int incarnation) {
    return ledger.stream()
        .filter(e -> e.operation() == Operation.CREATE)
        .filter(e -> e.uid().equals(uid) && e.incarnation() == incarnation)
        .count();
  }

  /** How often the operation was called, whatever came of it. */
  public synchronized long calls(Operation operation) {
    return calls.getOrDefault(operation, 0L);
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
    soldOut.add(plan + "@" + zone);
  }

  public synchronized void restock(String plan, String zone) {
    soldOut.remove(plan + "@" + zone);
  }

  /** The next create is accepted, and its machine ends in Error with this reason. */
  public synchronized void failNextLaunch(String reason) {
    failingLaunches.addLast(reason);
  }

  /** Every call fails like this until {@link #recover}: an outage, a revoked credential. */
  public synchronized void breakDown(Failure failure) {
    outage = Optional.of(failure);
  }

  public synchronized void recover() {
    outage = Optional.empty();
  }

  /** Machine names in order of creation, for messages of tests. */
  @Override
  public synchronized String toString() {
    List<String> names = new ArrayList<>();
    store.truths().forEach(m -> names.add(m.name() + "=" + m.phase()));
    return "SimulatedCloud" + names;
  }
}
