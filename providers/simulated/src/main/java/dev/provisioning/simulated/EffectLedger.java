package dev.provisioning.simulated;

import dev.provisioning.spi.model.IdempotencyKey;
import dev.provisioning.spi.model.MachineId;
import dev.provisioning.spi.model.Owner;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** What really happened, oldest first; old entries go, their sequence numbers stay used. */
final class EffectLedger {
  /** Tens of megabytes at most: an operator may run on this cloud for weeks. */
  static final int LIMIT = 200_000;

  private final Deque<LedgerEntry> entries = new ArrayDeque<>();
  private long sequence;
  private Instant arrival = Instant.EPOCH;

  /** From now on effects are of a call that arrived then. */
  void arrived(Instant at) {
    arrival = at;
  }

  void add(
      Operation operation, MachineId id, Owner by, Optional<IdempotencyKey> key, String detail) {
    sequence++;
    entries.addLast(
        new LedgerEntry(sequence, arrival, operation, id, by.uid(), by.incarnation(), key, detail));
    if (entries.size() > LIMIT) {
      entries.removeFirst();
    }
  }

  List<LedgerEntry> entries() {
    return List.copyOf(entries);
  }

  long creates(String uid, int incarnation) {
    return entries.stream()
        .filter(e -> e.operation() == Operation.CREATE)
        .filter(e -> e.uid().equals(uid) && e.incarnation() == incarnation)
        .count();
  }
}
