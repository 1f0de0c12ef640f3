package dev.provisioning.controllers.engine;

import dev.provisioning.planning.Ledger;
import java.time.Instant;

/**
 * Collects the facts a decision needs; changes nothing. The ledger was read before the facts, so a
 * fact is never older than an outcome. What cannot be read becomes part of the input, not an
 * exception.
 */
@FunctionalInterface
public interface Observer<R, I> {
  I observe(R resource, Ledger ledger, Instant now);
}
