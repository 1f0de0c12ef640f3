package dev.provisioning.api.workflow;

/** Whether a dependency must have succeeded or only be over. */
public enum DependencyType {
  Hard,
  Soft
}
