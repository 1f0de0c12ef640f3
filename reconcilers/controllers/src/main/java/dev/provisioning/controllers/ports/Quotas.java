package dev.provisioning.controllers.ports;

import dev.provisioning.planning.server.Footprint;
import dev.provisioning.spi.model.Failure;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Room within the limits of Workspaces. Grants are atomic over all Servers of a Workspace, so that
 * any number of parallel creates never exceeds a limit. A grant lives in memory until the status of
 * its Server says what it counts ({@code status.usage}, in the write that holds the intent): that
 * is what a successor goes by, and a grant that no status shows had no effect either.
 */
public interface Quotas {
  /** The answer to a demand; empty {@code refusal}: it fits. */
  record Grant(Footprint counted, Optional<Failure> refusal) {}

  /**
   * What a Server has or may have already, which is counted and never refused, and what it would
   * become.
   */
  record Demand(Optional<Footprint> held, Footprint wished) {
    /** Nobody refuses to be counted with what is there. */
    public Footprint goal() {
      return held.map(wished::max).orElse(wished);
    }
  }

  /**
   * Grants {@code demand} to the Server {@code uid}, in place of what it was granted before.
   * Otherwise {@code Waiting(QuotaExceeded)} whose message names limit, use and demand.
   */
  Grant reserve(String namespace, String workspace, String uid, Demand demand);

  /** Gives back everything granted to this Server. */
  void release(String uid);

  /** Told the namespace, outside all locks, when something was given back. */
  void onRoom(Consumer<String> told);
}
