package dev.provisioning.spi.model;

/** What a provider says of a machine, in words all providers share (contract rule P10). */
public enum MachineState {
  /** Being made or started. */
  PENDING,
  RUNNING,
  STOPPING,
  STOPPED,
  DELETING,
  /** The provider still tells of it, and it will not come back. */
  GONE,
  /** The provider gave it up; see the machine's reason. */
  ERROR,
  /** It was not told, or in a word nobody here knows. */
  UNKNOWN
}
