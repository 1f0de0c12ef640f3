package dev.provisioning.planning.cluster;

import dev.provisioning.api.cluster.ClusterSpec;
import dev.provisioning.api.cluster.ClusterStatus;
import dev.provisioning.api.cluster.ClusterStatusBuilder;
import dev.provisioning.planning.Ledger;
import dev.provisioning.planning.ResourceRef;
import java.time.Instant;

/**
 * Everything that the decision about one Cluster needs.
 *
 * @param status as last published; with nothing but nulls and empty lists before that
 * @param world with protected children as staying, also when somebody deletes them
 */
public record ClusterInput(
    ResourceRef ref,
    ClusterSpec spec,
    ClusterStatus status,
    ClusterWorld world,
    Ledger ledger,
    Instant now) {
  public ClusterInput {
    world = Protection.heeded(world);
    status = status == null ? ClusterStatusBuilder.builder().build() : status;
  }
}
