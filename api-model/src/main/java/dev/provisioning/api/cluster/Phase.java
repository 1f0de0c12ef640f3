package dev.provisioning.api.cluster;

/** A summary of a Cluster for people; conditions are the contract. */
public enum Phase {
  Pending,
  Planned,
  Creating,
  Scaling,
  Updating,
  Healing,
  RollingBack,
  Ready,
  Degraded,
  Deleting
}
