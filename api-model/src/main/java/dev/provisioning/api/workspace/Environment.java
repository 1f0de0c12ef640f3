package dev.provisioning.api.workspace;

/** What a Workspace is for. */
public enum Environment {
  Development,
  Testing,
  Staging,
  Production,
  DisasterRecovery
}
