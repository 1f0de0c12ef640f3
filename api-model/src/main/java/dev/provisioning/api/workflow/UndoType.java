package dev.provisioning.api.workflow;

/** How an operation is taken back. */
public enum UndoType {
  Delete,
  Restore,
  Script,
  Irreversible
}
