package dev.provisioning.planning.cluster;

import dev.provisioning.spi.model.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A plan before the gates.
 *
 * @param may the actions that can start as far as the order of things is concerned
 */
record Proposal(
    List<ClusterAction> actions,
    Set<ClusterAction> may,
    Optional<Failure> blocker,
    Optional<Duration> recheckAfter) {
  Proposal {
    actions = List.copyOf(actions);
    may = Set.copyOf(may);
  }
}
