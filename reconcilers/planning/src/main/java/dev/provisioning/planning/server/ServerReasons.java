package dev.provisioning.planning.server;

import dev.provisioning.planning.Windows;
import java.util.Set;

/** Stable words for why, shared by conditions, events and metrics. */
public final class ServerReasons {
  public static final String READY = "Ready";
  public static final String STOPPED = "Stopped";
  public static final String CREATING = "Creating";
  public static final String MACHINE_BOOTING = "MachineBooting";
  public static final String MACHINE_RUNNING = "MachineRunning";
  public static final String MACHINE_NOT_RUNNING = "MachineNotRunning";
  public static final String MACHINE_NOT_SEEN = "MachineNotSeen";
  public static final String MACHINE_NOT_FOUND = "MachineNotFound";
  public static final String MACHINE_ERROR = "MachineError";
  public static final String DUPLICATE_MACHINE = "DuplicateMachine";
  public static final String LAUNCH_FAILED = "LaunchFailed";
  public static final String CAPACITY_UNAVAILABLE = "CapacityUnavailable";
  public static final String NOT_MADE = "NotMade";
  public static final String CONNECTED = "Connected";
  public static final String CONNECTING = "Connecting";
  public static final String NO_SHELL = "NoShell";
  public static final String AS_WANTED = "AsWanted";
  public static final String DRIFTED = "Drifted";
  public static final String CHANGE_PENDING = "ChangePending";
  public static final String REPLACE_REQUIRED = "ReplaceRequired";
  public static final String APPROVAL_REQUIRED = "ApprovalRequired";
  public static final String PLAN_ONLY = "PlanOnly";
  public static final String SUSPENDED = "Suspended";
  public static final String DELETION_PROTECTED = "DeletionProtected";
  public static final String IN_USE = "InUse";
  public static final String DELETING = "Deleting";
  public static final String IN_PROGRESS = "InProgress";
  public static final String ADDRESS_TAKEN = "AddressTaken";
  public static final String TAGS_MISSING = "TagsMissing";
  public static final String PROGRESSING_WITH_RETRY = "ProgressingWithRetry";

  public static final String ENCRYPTION_UNSUPPORTED = "EncryptionUnsupported";
  public static final String IPV6_UNSUPPORTED = "Ipv6Unsupported";
  public static final String FIREWALL_UNSUPPORTED = "FirewallUnsupported";
  public static final String VOLUMES_UNSUPPORTED = "VolumesUnsupported";
  public static final String POWER_UNSUPPORTED = "PowerUnsupported";

  /** While a Server says one of these its machine is left as it is, so services may use it. */
  public static final Set<String> LEFT_ALONE =
      Set.of(
          Windows.CLOSED,
          ENCRYPTION_UNSUPPORTED,
          IPV6_UNSUPPORTED,
          FIREWALL_UNSUPPORTED,
          VOLUMES_UNSUPPORTED,
          POWER_UNSUPPORTED);

  private ServerReasons() {}
}
