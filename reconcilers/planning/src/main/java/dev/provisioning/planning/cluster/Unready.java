package dev.provisioning.planning.cluster;

import dev.provisioning.api.cluster.ClusterStatus;
import dev.provisioning.api.cluster.Rejected;

/** What is said of machines and services that are not ready: of each kind the first one. */
final class Unready {
  private Unready() {}

  static String members(ClusterStatus status) {
    return "%s machines are ready%s"
        .formatted(
            status.ready(),
            status.members().stream()
                .filter(m -> !Boolean.TRUE.equals(m.ready()))
                .findFirst()
                .map(m -> "; %s (%s): %s".formatted(m.server(), m.state(), m.message()))
                .orElse(""));
  }

  static String components(ClusterStatus status) {
    return status.components().stream()
        .filter(c -> !Boolean.TRUE.equals(c.ready()))
        .findFirst()
        .map(c -> "TaskServ %s: %s".formatted(c.taskServ(), c.phase()))
        .orElse("services are not ready");
  }

  /** The child for which a revision was given up. */
  static String rejected(Rejected rejected) {
    return "%s failed: %s".formatted(rejected.child(), rejected.message());
  }
}
