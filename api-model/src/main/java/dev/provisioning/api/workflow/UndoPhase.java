package dev.provisioning.api.workflow;

/** How far the undo of one operation is. */
public enum UndoPhase {
  Running,
  Done,
  Failed,
  Left
}
