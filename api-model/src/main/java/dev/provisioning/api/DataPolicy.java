package dev.provisioning.api;

/** What becomes of data when a service goes. */
public enum DataPolicy {
  Retain,
  Delete
}
