package dev.provisioning.planning.cluster;

/**
 * Why a Cluster is not ready, as its conditions tell it.
 *
 * @param stalls only a person can help
 */
record Obstacle(String reason, String message, boolean stalls) {
  Obstacle and(String more) {
    return new Obstacle(reason, message + more, stalls);
  }

  /** Of a child that blocks, by its own reason. */
  static Obstacle of(ChildView child, boolean stalls) {
    return new Obstacle(child.reason(), child.title() + ": " + child.message(), stalls);
  }
}
