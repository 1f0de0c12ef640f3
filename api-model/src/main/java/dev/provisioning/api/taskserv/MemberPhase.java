package dev.provisioning.api.taskserv;

/** How far the service is on one machine. */
public enum MemberPhase {
  Pending,
  Queued,
  Installing,
  Configuring,
  Upgrading,
  RollingBack,
  Ready,
  Unhealthy,
  Failed,
  Uninstalling,
  Uninstalled
}
