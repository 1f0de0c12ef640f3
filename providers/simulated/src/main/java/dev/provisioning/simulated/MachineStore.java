package dev.provisioning.simulated;

import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.IdempotencyKey;
import dev.provisioning.spi.model.MachineId;
import dev.provisioning.spi.model.Owner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is (the truth) and what reads show of it (the same, later). Not thread-safe; the cloud holds
 * the lock. Deleted machines leave once nobody can see them; their keys are remembered for a day,
 * as clouds remember client tokens.
 */
final class MachineStore {
  private static final Duration KEY_MEMORY = Duration.ofHours(24);

  /** The newest version is the truth; each is shown from its moment on. */
  private record Version(Instant visibleAt, SimulatedMachine machine) {}

  /** The create that a key stands for. */
  record Token(MachineId id, int requestHash) {}

  private record Expiry(Instant at, MachineId id, Optional<IdempotencyKey> key) {}

  private final Map<MachineId, Deque<Version>> histories = new LinkedHashMap<>();
  private final Map<String, Set<MachineId>> byUid = new HashMap<>();
  private final Map<IdempotencyKey, Token> tokens = new HashMap<>();
  private final Deque<Expiry> dying = new ArrayDeque<>();
  private final Deque<Expiry> remembered = new ArrayDeque<>();
  private final Addresses addresses = new Addresses();
  private int made;

  MachineId nextId() {
    made++;
    return new MachineId("sim-%08x".formatted(made));
  }

  int takeAddress() {
    return addresses.take();
  }

  int size() {
    return histories.size();
  }

  Optional<Token> token(IdempotencyKey key) {
    return Optional.ofNullable(tokens.get(key));
  }

  void remember(IdempotencyKey key, MachineId id, int requestHash) {
    tokens.put(key, new Token(id, requestHash));
  }

  Optional<SimulatedMachine> truth(MachineId id) {
    return Optional.ofNullable(histories.get(id)).map(h -> h.peekLast().machine());
  }

  List<SimulatedMachine> truths() {
    return histories.values().stream().map(h -> h.peekLast().machine()).toList();
  }

  Optional<SimulatedMachine> visible(MachineId id, Instant now) {
    Deque<Version> history = histories.get(id);
    return history == null ? Optional.empty() : shown(history, now);
  }

  List<SimulatedMachine> visible(Instant now) {
    List<SimulatedMachine> machines = new ArrayList<>(histories.size());
    histories.values().forEach(history -> shown(history, now).ifPresent(machines::add));
    return machines;
  }

  List<SimulatedMachine> visibleOf(String uid, Instant now) {
    return byUid.getOrDefault(uid, Set.of()).stream()
        .flatMap(id -> visible(id, now).stream())
        .filter(machine -> machine.owner().filter(o -> o.uid().equals(uid)).isPresent())
        .toList();
  }

  /** The machine as it truly is. */
  SimulatedMachine present(MachineId id) {
    return truth(id)
        .filter(machine -> !machine.deleted())
        .orElseThrow(
            () ->
                new ProviderException(
                    new Failure.Conflict("MachineNotFound", "there is no machine " + id)));
  }

  /**
   * @param lag how long reads go on showing what was before
   */
  void put(SimulatedMachine machine, Instant now, Duration lag) {
    Instant visibleAt = now.plus(lag);
    Deque<Version> history =
        histories.computeIfAbsent(machine.id(), ignored -> new ArrayDeque<>(1));
    shown(history, now);
    if (!visibleAt.isAfter(now)) {
      history.clear();
    }
    history.addLast(new Version(visibleAt, machine));
    machine.owner().map(Owner::uid).ifPresent(uid -> index(uid, machine.id()));
    if (machine.deleted()) {
      Instant gone = visibleAt.isAfter(machine.until()) ? visibleAt : machine.until();
      dying.addLast(new Expiry(gone, machine.id(), machine.key()));
    }
  }

  /** Forgets what nobody can see any more. */
  void expire(Instant now) {
    while (!dying.isEmpty() && !now.isBefore(dying.peekFirst().at())) {
      Expiry gone = dying.removeFirst();
      remove(gone.id());
      remembered.addLast(new Expiry(now.plus(KEY_MEMORY), gone.id(), gone.key()));
    }
    while (!remembered.isEmpty() && !now.isBefore(remembered.peekFirst().at())) {
      remembered.removeFirst().key().ifPresent(tokens::remove);
    }
  }

  private void remove(MachineId id) {
    Deque<Version> history = histories.remove(id);
    if (history == null) {
      return;
    }
    SimulatedMachine last = history.peekLast().machine();
    addresses.giveBack(last.address());
    last.owner().ifPresent(owner -> byUid.getOrDefault(owner.uid(), new HashSet<>()).remove(id));
    last.owner().ifPresent(owner -> byUid.remove(owner.uid(), Set.of()));
  }

  private void index(String uid, MachineId id) {
    byUid.computeIfAbsent(uid, ignored -> new LinkedHashSet<>(2)).add(id);
  }

  /** Drops versions that a later visible one hides. */
  private static Optional<SimulatedMachine> shown(Deque<Version> history, Instant now) {
    Version current = null;
    while (!history.isEmpty() && !history.peekFirst().visibleAt().isAfter(now)) {
      current = history.removeFirst();
    }
    if (current == null) {
      return Optional.empty();
    }
    history.addFirst(current);
    return Optional.of(current.machine());
  }
}
