package dev.provisioning.api.workflow;

/** Which of the operations that may start goes first. */
public enum SchedulingStrategy {
  DependencyFirst,
  Fifo,
  Priority
}
