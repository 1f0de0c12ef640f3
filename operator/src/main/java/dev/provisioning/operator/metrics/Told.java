package dev.provisioning.operator.metrics;

import dev.provisioning.api.Condition;
import dev.provisioning.api.cluster.Cluster;
import dev.provisioning.api.server.Server;
import dev.provisioning.api.taskserv.TaskServ;
import dev.provisioning.api.workflow.BatchWorkflow;
import dev.provisioning.api.workspace.Workspace;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the status of one resource tells, whatever its kind.
 *
 * @param phase as the kind has it; {@code Unknown} before the first look
 * @param drift fields that differ from what was applied
 */
record Told(
    String kind,
    String namespace,
    String phase,
    List<Condition> conditions,
    int drift,
    boolean updateAvailable) {
  private static final String UNKNOWN = "Unknown";

  /** Empty for kinds without a status to tell of. */
  static Optional<Told> by(HasMetadata resource) {
    return switch (resource) {
      case Server server -> Optional.of(of(server));
      case TaskServ taskServ -> Optional.of(of(taskServ));
      case Workspace workspace -> Optional.of(of(workspace));
      case Cluster cluster -> Optional.of(of(cluster));
      case BatchWorkflow workflow -> Optional.of(of(workflow));
      default -> Optional.empty();
    };
  }

  private static Told of(Server server) {
    var status = server.getStatus();
    return status == null
        ? fresh(server)
        : told(server, status.phase(), status.conditions(), status.drift().size(), null);
  }

  private static Told of(TaskServ taskServ) {
    var status = taskServ.getStatus();
    return status == null
        ? fresh(taskServ)
        : told(
            taskServ,
            status.phase(),
            status.conditions(),
            status.drift().size(),
            status.updateAvailable());
  }

  private static Told of(Workspace workspace) {
    var status = workspace.getStatus();
    return status == null
        ? fresh(workspace)
        : told(workspace, status.phase(), status.conditions(), 0, null);
  }

  private static Told of(Cluster cluster) {
    var status = cluster.getStatus();
    return status == null
        ? fresh(cluster)
        : told(cluster, status.phase(), status.conditions(), 0, null);
  }

  private static Told of(BatchWorkflow workflow) {
    var status = workflow.getStatus();
    return status == null
        ? fresh(workflow)
        : told(workflow, status.phase(), status.conditions(), 0, null);
  }

  private static Told fresh(HasMetadata resource) {
    return told(resource, null, List.of(), 0, null);
  }

  private static Told told(
      HasMetadata resource,
      Enum<?> phase,
      List<Condition> conditions,
      int drift,
      Boolean updateAvailable) {
    return new Told(
        resource.getKind(),
        resource.getMetadata().getNamespace(),
        Objects.toString(phase, UNKNOWN),
        conditions,
        drift,
        Boolean.TRUE.equals(updateAvailable));
  }
}
