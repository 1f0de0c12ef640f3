package dev.provisioning.api.taskserv;

/** What follows from a requirement that nothing meets. */
public enum Dependencies {
  Require,
  Install
}
