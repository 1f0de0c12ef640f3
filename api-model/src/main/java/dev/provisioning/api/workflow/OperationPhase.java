package dev.provisioning.api.workflow;

/** How far one operation is. */
public enum OperationPhase {
  Pending,
  Ready,
  Running,
  Succeeded,
  Failed,
  Skipped,
  Cancelled,
  RolledBack
}
