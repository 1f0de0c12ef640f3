package dev.provisioning.planning.server;

import dev.provisioning.api.workspace.MaintenanceWindow;
import dev.provisioning.api.workspace.WorkspaceSpec;
import java.util.List;

/**
 * What a Server takes from its Workspace.
 *
 * @param policy with the presets of the Workspace's mode filled in
 */
public record WorkspaceView(String name, WorkspaceSpec spec, Policy policy) {
  /**
   * The part of a Workspace's policy that Servers obey.
   *
   * @param windows when a running machine may be stopped or replaced; none: always
   */
  public record Policy(
      boolean deletionProtection,
      boolean requireApproval,
      boolean encryptedStorage,
      List<String> requiredTags,
      List<MaintenanceWindow> windows) {
    public Policy {
      requiredTags = List.copyOf(requiredTags);
      windows = List.copyOf(windows);
    }
  }

  boolean suspended() {
    return Boolean.TRUE.equals(spec.suspend());
  }
}
