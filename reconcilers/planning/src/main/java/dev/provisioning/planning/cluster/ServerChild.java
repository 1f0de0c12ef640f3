package dev.provisioning.planning.cluster;

import dev.provisioning.api.Condition;
import dev.provisioning.api.server.Phase;
import dev.provisioning.api.server.ServerSpec;
import dev.provisioning.api.server.ServerStatus;
import dev.provisioning.planning.ResourceRef;
import dev.provisioning.planning.cluster.topology.Children;
import java.util.List;
import java.util.Optional;

/** A Server that the Cluster owns, as it is. */
public record ServerChild(ResourceRef ref, ServerSpec spec, Optional<ServerStatus> status)
    implements ChildView {
  @Override
  public List<Condition> conditions() {
    return status.map(ServerStatus::conditions).orElse(List.of());
  }

  @Override
  public long observedGeneration() {
    return status.map(ServerStatus::observedGeneration).orElse(-1L);
  }

  String pool() {
    return ref.labels().getOrDefault(Children.POOL_LABEL, "");
  }

  /** Not ready for another reason than a change that it is carrying out, or its protection. */
  boolean ill() {
    return !ref.deleting()
        && current()
        && !ready()
        && phase().orElse(null) != Phase.Updating
        && !reason().equals(Protection.REASON);
  }

  Optional<Phase> phase() {
    return status.map(ServerStatus::phase);
  }

  String zone() {
    return status
        .map(ServerStatus::machine)
        .map(machine -> machine.zone())
        .orElse(spec.zone() == null ? "" : spec.zone());
  }
}
