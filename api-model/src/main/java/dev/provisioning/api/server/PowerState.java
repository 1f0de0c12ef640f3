package dev.provisioning.api.server;

/** Whether the machine shall run. */
public enum PowerState {
  Running,
  Stopped
}
