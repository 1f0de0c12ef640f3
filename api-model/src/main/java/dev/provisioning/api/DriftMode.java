package dev.provisioning.api;

/** What follows from a difference between spec and machine. */
public enum DriftMode {
  Report,
  Correct
}
