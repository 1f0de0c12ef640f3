package dev.provisioning.simulated;

/** The calls that can fail, and, the effects among them, that the ledger records. */
public enum Operation {
  LIST,
  FIND,
  READ,
  CREATE,
  CLAIM,
  CHANGE,
  DELETE,
  RELEASE;

  /** Whether the call changes the cloud. */
  public boolean effect() {
    return switch (this) {
      case LIST, FIND, READ -> false;
      case CREATE, CLAIM, CHANGE, DELETE, RELEASE -> true;
    };
  }
}
