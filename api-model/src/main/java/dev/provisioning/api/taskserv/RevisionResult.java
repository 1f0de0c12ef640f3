package dev.provisioning.api.taskserv;

/** How a revision ended. */
public enum RevisionResult {
  Applied,
  Failed,
  RolledBack
}
