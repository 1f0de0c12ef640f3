package dev.provisioning.api.server;

/** What follows when the machine is gone. */
public enum Recreate {
  Never,
  IfMissing
}
