package dev.provisioning.simulated;

/** How one call goes wrong. */
public enum Fault {
  NONE,
  /** The connection is refused: nothing was sent, {@code Transient(ConnectionRefused)}. */
  BEFORE_SEND,
  /** Sent, done, and the answer lost: {@code OutcomeUnknown}; a read is {@code Transient}. */
  LOST_REPLY,
  /** Sent and lost on the way: {@code OutcomeUnknown} although nothing was done. */
  LOST_REQUEST,
  /** Refused by a rate limit: {@code Transient(Throttled)}. */
  THROTTLED
}
