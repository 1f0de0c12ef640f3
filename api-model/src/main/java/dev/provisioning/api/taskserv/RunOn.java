package dev.provisioning.api.taskserv;

/** On which members of a service a step runs. */
public enum RunOn {
  All,
  Leader
}
