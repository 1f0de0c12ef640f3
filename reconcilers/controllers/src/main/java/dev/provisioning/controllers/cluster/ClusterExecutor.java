package dev.provisioning.controllers.cluster;

import dev.provisioning.api.cluster.Cluster;
import dev.provisioning.api.server.DeletionPolicy;
import dev.provisioning.api.server.Server;
import dev.provisioning.api.taskserv.TaskServ;
import dev.provisioning.controllers.engine.Executor;
import dev.provisioning.planning.cluster.Cause;
import dev.provisioning.planning.cluster.ClusterAction;
import dev.provisioning.planning.cluster.ClusterAction.ApproveChild;
import dev.provisioning.planning.cluster.ClusterAction.CreateServer;
import dev.provisioning.planning.cluster.ClusterAction.CreateTaskServ;
import dev.provisioning.planning.cluster.ClusterAction.DeleteServer;
import dev.provisioning.planning.cluster.ClusterAction.DeleteTaskServ;
import dev.provisioning.planning.cluster.ClusterAction.LetGo;
import dev.provisioning.planning.cluster.ClusterAction.ProtectChild;
import dev.provisioning.planning.cluster.ClusterAction.ReplaceServers;
import dev.provisioning.planning.cluster.ClusterAction.UpdateServer;
import dev.provisioning.planning.cluster.ClusterAction.UpdateTaskServ;
import dev.provisioning.planning.cluster.ClusterAction.WorkOnHosts;
import dev.provisioning.planning.cluster.ClusterInput;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Carries out what was decided for a Cluster: it writes Servers and TaskServs, nothing else. */
final class ClusterExecutor implements Executor<Cluster, ClusterInput, ClusterAction> {
  private final ChildWriter children;

  ClusterExecutor(ChildWriter children) {
    this.children = children;
  }

  @Override
  public Optional<Object> execute(Execution<Cluster, ClusterInput, ClusterAction> execution) {
    Cluster cluster = execution.resource();
    switch (execution.action()) {
      case CreateServer create -> {
        Server server = new Server();
        server.setMetadata(children.meta(cluster, create.server(), create.labels()));
        server.setSpec(create.spec());
        children.create(cluster, Server.class, server);
      }
      case UpdateServer update ->
          children.update(
              cluster,
              Server.class,
              update.server(),
              server -> {
                label(server.getMetadata(), update.labels());
                Boolean kept = server.getSpec().deletionProtection();
                server.setSpec(update.spec().withDeletionProtection(kept));
              });
      case DeleteServer delete ->
          children.delete(
              Server.class,
              new ChildWriter.Victim(cluster, delete.server(), delete.uid()),
              server -> prepare(server, delete));
      case CreateTaskServ create -> {
        TaskServ taskServ = new TaskServ();
        taskServ.setMetadata(children.meta(cluster, create.taskServ(), create.labels()));
        taskServ.setSpec(create.spec());
        children.create(cluster, TaskServ.class, taskServ);
      }
      case UpdateTaskServ update ->
          children.update(
              cluster,
              TaskServ.class,
              update.taskServ(),
              taskServ -> {
                Boolean kept = taskServ.getSpec().deletionProtection();
                taskServ.setSpec(update.spec().withDeletionProtection(kept));
              });
      case DeleteTaskServ delete ->
          children.delete(
              TaskServ.class,
              new ChildWriter.Victim(cluster, delete.taskServ(), delete.uid()),
              taskServ -> prepare(taskServ, execution.input()));
      case ApproveChild approve -> children.approve(cluster, approve);
      case ProtectChild protect -> children.protect(cluster, protect);
      case LetGo letGo -> children.letGo(cluster);
      case WorkOnHosts shownOnly -> {}
      case ReplaceServers shownOnly -> {}
    }
    return Optional.empty();
  }

  private static void label(ObjectMeta meta, Map<String, String> labels) {
    Map<String, String> all = new HashMap<>(meta.getLabels() == null ? Map.of() : meta.getLabels());
    all.putAll(labels);
    meta.setLabels(all);
  }

  /** The Cluster decided: its own protection, or the Workspace's, must not stop it half-way. */
  private static void prepare(Server server, DeleteServer delete) {
    server.setSpec(
        server
            .getSpec()
            .with(
                b ->
                    b.deletionProtection(false)
                        .deletionPolicy(
                            delete.retain()
                                ? DeletionPolicy.Retain
                                : delete.cause() == Cause.DELETED
                                    ? DeletionPolicy.Delete
                                    : server.getSpec().deletionPolicy())));
  }

  private static void prepare(TaskServ taskServ, ClusterInput input) {
    taskServ.setSpec(
        taskServ
            .getSpec()
            .with(b -> b.deletionProtection(false).dataPolicy(input.spec().dataPolicy())));
  }
}
