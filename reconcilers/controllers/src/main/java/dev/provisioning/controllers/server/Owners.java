package dev.provisioning.controllers.server;

import dev.provisioning.api.server.Server;
import dev.provisioning.spi.model.Owner;

/** Whom a machine belongs to, in its provider's tags. */
final class Owners {
  private Owners() {}

  static Owner of(Server server, String workspace, int incarnation, String operatorId) {
    return new Owner(
        operatorId,
        server.getMetadata().getNamespace(),
        workspace,
        server.getMetadata().getName(),
        server.getMetadata().getUid(),
        incarnation);
  }
}
