package dev.provisioning.controllers.server;

import dev.provisioning.api.server.Server;
import dev.provisioning.api.taskserv.MemberStatus;
import dev.provisioning.api.taskserv.TaskServ;
import dev.provisioning.api.workspace.Workspace;
import dev.provisioning.controllers.access.Change;
import dev.provisioning.controllers.access.Wakes;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Objects;

/** What wakes a Server beside itself: its Workspace, and services that let go of it. */
final class ServerWakes {
  private ServerWakes() {}

  static void register(Wakes<Server> wakes) {
    wakes.onNeighbour(Workspace.class, ServerWakes::changed, (workspace, server) -> true);
    wakes.onNeighbour(
        TaskServ.class,
        (old, now) -> changed(old, now) || !machines(old).equals(machines(now)),
        (taskServ, server) -> server.isMarkedForDeletion());
  }

  private static boolean changed(HasMetadata old, HasMetadata now) {
    return Change.ofSpec(old, now)
        || !Objects.equals(
            old.getMetadata().getDeletionTimestamp(), now.getMetadata().getDeletionTimestamp());
  }

  /** Where a service is: it let go of a machine when that is not among them any more. */
  private static List<String> machines(TaskServ one) {
    return one.getStatus() == null
        ? List.of()
        : one.getStatus().servers().stream().map(MemberStatus::name).toList();
  }
}
