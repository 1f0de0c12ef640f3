package dev.provisioning.planning.cluster.topology;

import dev.provisioning.spi.model.Failure;

/** What was asked for makes no Cluster; only a change of the spec or the definition helps. */
public final class TopologyInvalid extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String reason;

  TopologyInvalid(String reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Failure failure() {
    return new Failure.Invalid(reason, getMessage());
  }
}
