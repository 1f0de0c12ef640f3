package dev.provisioning.api.workflow;

/** How far a script is on one machine. */
public enum TargetPhase {
  Running,
  Succeeded,
  Failed,
  Undoing,
  Undone
}
