package dev.provisioning.api.server;

/** A summary of a Server for people; conditions are the contract. */
public enum Phase {
  Pending,
  Planned,
  Creating,
  Booting,
  Ready,
  Stopping,
  Stopped,
  Updating,
  Deleting
}
