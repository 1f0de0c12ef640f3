package dev.provisioning.api.workflow;

/** What a failed operation means for the rest. */
public enum FailureAction {
  Stop,
  Continue,
  Rollback
}
