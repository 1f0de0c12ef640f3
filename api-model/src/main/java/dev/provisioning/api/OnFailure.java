package dev.provisioning.api;

/** What follows from a failed change. */
public enum OnFailure {
  Retain,
  Rollback
}
