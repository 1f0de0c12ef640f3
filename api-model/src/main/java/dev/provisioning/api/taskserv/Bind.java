package dev.provisioning.api.taskserv;

/** On which addresses of its machine a service listens. */
public enum Bind {
  /** On each. */
  All,

  /** On the one that the other machines of the workspace use, and on the machine itself. */
  Private,

  /** On the machine itself. */
  Loopback
}
