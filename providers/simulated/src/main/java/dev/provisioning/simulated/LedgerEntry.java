package dev.provisioning.simulated;

import dev.provisioning.spi.model.IdempotencyKey;
import dev.provisioning.spi.model.MachineId;
import java.time.Instant;
import java.util.Optional;

/**
 * One effect that really happened; a call that found its effect done, or did nothing, leaves none.
 *
 * @param sequence counts from 1 without holes
 * @param at when the call arrived, before it waited for its turn
 * @param uid Server uid of the caller
 * @param key empty for claim and release
 * @param detail what a change changed, like {@code Power[on=false]}; otherwise empty
 */
public record LedgerEntry(
    long sequence,
    Instant at,
    Operation operation,
    MachineId machine,
    String uid,
    int incarnation,
    Optional<IdempotencyKey> key,
    String detail) {}
