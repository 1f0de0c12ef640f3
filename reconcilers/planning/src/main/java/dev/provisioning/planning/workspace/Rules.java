package dev.provisioning.planning.workspace;

import dev.provisioning.api.workspace.MaintenanceWindow;
import java.util.List;

/** The policy of a Workspace with the preset of its mode filled in. */
public record Rules(
    boolean deletionProtection,
    boolean requireApproval,
    boolean encryptedStorage,
    boolean certifiedProvidersOnly,
    List<String> requiredTags,
    List<MaintenanceWindow> windows) {
  public Rules {
    requiredTags = List.copyOf(requiredTags);
    windows = List.copyOf(windows);
  }
}
