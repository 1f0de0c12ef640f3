package dev.provisioning.api.workflow;

/** A summary of a BatchWorkflow for people; conditions are the contract. */
public enum Phase {
  Pending,
  Planned,
  Running,
  Suspended,
  Cancelling,
  RollingBack,
  Succeeded,
  Failed,
  Cancelled,
  RolledBack
}
