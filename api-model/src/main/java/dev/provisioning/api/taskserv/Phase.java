package dev.provisioning.api.taskserv;

/** A summary of a TaskServ for people; conditions are the contract. */
public enum Phase {
  Pending,
  Planned,
  Installing,
  Configuring,
  Upgrading,
  RollingBack,
  Ready,
  Degraded,
  Uninstalling
}
