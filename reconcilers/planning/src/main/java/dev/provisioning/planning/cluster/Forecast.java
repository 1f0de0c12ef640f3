package dev.provisioning.planning.cluster;

import dev.provisioning.api.Mode;
import dev.provisioning.api.cluster.ClusterDefinitionSpec;
import dev.provisioning.api.cluster.ClusterSpec;
import dev.provisioning.api.taskserv.TaskServDefinitionSpec;
import dev.provisioning.planning.Answer;
import dev.provisioning.planning.Ledger;
import dev.provisioning.planning.Plan;
import dev.provisioning.planning.ResourceRef;
import dev.provisioning.planning.cluster.ClusterWorld.Workspace;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What making a Cluster will do on clouds and on hosts, told before it is there; no prices. */
public final class Forecast {
  private Forecast() {}

  /** The plan that it will have; nothing but a blocker where one cannot be made. */
  public static Plan<ClusterAction> of(
      String name,
      ClusterSpec spec,
      Answer<Optional<ClusterDefinitionSpec>> definition,
      Map<String, TaskServDefinitionSpec> services) {
    ResourceRef ref =
        new ResourceRef(
            "Cluster", "", name, "", 1, Instant.EPOCH, Optional.empty(), Map.of(), Map.of());
    ClusterWorld world =
        new ClusterWorld(
            Answer.of(new Workspace("", false, false, false, List.of())),
            definition,
            services,
            List.of(),
            List.of(),
            Set.of(),
            Map.of());
    return new ClusterPlanner()
        .plan(
            new ClusterInput(
                ref, spec.withMode(Mode.Plan), null, world, Ledger.empty(), Instant.EPOCH));
  }
}
