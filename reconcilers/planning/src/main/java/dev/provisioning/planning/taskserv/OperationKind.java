package dev.provisioning.planning.taskserv;

import java.util.Locale;

/** What an operation does to a machine. */
public enum OperationKind {
  INSTALL,
  RECONFIGURE,
  UPGRADE,
  ROLLBACK,
  UNINSTALL;

  /** As scripts see it in {@code PROVISIONING_OPERATION_KIND}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
