package dev.provisioning.controllers.cluster;

import dev.provisioning.api.cluster.Cluster;
import dev.provisioning.api.cluster.ClusterDefinition;
import dev.provisioning.api.server.Server;
import dev.provisioning.api.taskserv.TaskServ;
import dev.provisioning.api.taskserv.TaskServDefinition;
import dev.provisioning.api.workspace.Workspace;
import dev.provisioning.controllers.access.Change;
import dev.provisioning.controllers.access.Wakes;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.stream.Stream;

/** What wakes a Cluster beside itself: what it owns, and the spec of what it may use. */
final class ClusterWakes {
  private ClusterWakes() {}

  static void register(Wakes<Cluster> wakes, String operatorNamespace) {
    wakes.onNeighbour(Workspace.class, Change::ofSpec, (workspace, cluster) -> true);
    wakes.onDefinition(TaskServDefinition.class, Change::ofSpec, operatorNamespace);
    wakes.onDefinition(ClusterDefinition.class, Change::ofSpec, operatorNamespace);
    wakes.on(Server.class, (old, now) -> true, child -> owner(wakes, child));
    wakes.on(TaskServ.class, (old, now) -> true, child -> owner(wakes, child));
  }

  private static Stream<Cluster> owner(Wakes<Cluster> wakes, HasMetadata child) {
    return child.getMetadata().getOwnerReferences().stream()
        .filter(reference -> reference.getKind().equals("Cluster"))
        .map(reference -> new ResourceID(reference.getName(), child.getMetadata().getNamespace()))
        .flatMap(id -> wakes.own().get(id).stream());
  }
}
