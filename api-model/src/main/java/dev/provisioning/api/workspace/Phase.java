package dev.provisioning.api.workspace;

/** A summary of a Workspace for people; conditions are the contract. */
public enum Phase {
  Pending,
  Ready,
  Degraded,
  Deleting
}
