package dev.provisioning.spi.model;

/** What a provider says of a machine, in words all providers share (contract rule P10). */
public enum MachineState {
  PENDING,
  RUNNING,
  STOPPING,
  STOPPED,
  DELETING,
  GONE,
  ERROR,
  UNKNOWN
}
