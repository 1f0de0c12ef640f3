package dev.provisioning.api.workflow;

/** How far a rollback is. */
public enum RollbackPhase {
  Running,
  Completed,
  Failed
}
