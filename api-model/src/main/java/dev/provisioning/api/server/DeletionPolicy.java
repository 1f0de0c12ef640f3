package dev.provisioning.api.server;

/** What becomes of the machine when its Server goes. */
public enum DeletionPolicy {
  Delete,
  Retain
}
