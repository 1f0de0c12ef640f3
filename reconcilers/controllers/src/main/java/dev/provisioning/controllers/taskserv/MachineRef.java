package dev.provisioning.controllers.taskserv;

import dev.provisioning.api.server.Server;
import dev.provisioning.api.taskserv.TaskServ;
import java.util.Objects;

/**
 * A TaskServ on one machine. {@code machine} is the Server uid, {@code incarnation} tells its
 * machines apart: what was read from an earlier one says nothing about its successor.
 */
record MachineRef(String taskServUid, String taskServ, String machine, int incarnation) {
  static MachineRef of(TaskServ taskServ, Server server) {
    Integer incarnation = server.getStatus() == null ? null : server.getStatus().incarnation();
    return new MachineRef(
        taskServ.getMetadata().getUid(),
        taskServ.getMetadata().getName(),
        server.getMetadata().getUid(),
        Objects.requireNonNullElse(incarnation, 0));
  }
}
