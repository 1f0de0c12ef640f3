package dev.provisioning.api.server;

/** Whether the operator may change the machine. */
public enum Management {
  Full,
  Observe
}
