package dev.provisioning.api;

/** Whether a resource has effects, or only shows its plan. */
public enum Mode {
  Apply,
  Plan
}
