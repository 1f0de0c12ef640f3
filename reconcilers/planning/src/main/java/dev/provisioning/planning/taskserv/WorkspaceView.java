package dev.provisioning.planning.taskserv;

import dev.provisioning.api.workspace.MaintenanceWindow;
import dev.provisioning.api.workspace.WorkspaceSpec;
import java.util.List;

/**
 * The Workspace of a TaskServ.
 *
 * @param policy with the preset of its mode filled in
 * @param pace what holds in it, where a TaskServ says nothing else
 */
public record WorkspaceView(String name, WorkspaceSpec spec, Policy policy, Pace pace) {
  /** What it demands. {@code windows}: when disruption may begin; none: always. */
  public record Policy(
      boolean requireApproval, boolean deletionProtection, List<MaintenanceWindow> windows) {
    public Policy {
      windows = List.copyOf(windows);
    }
  }

  public boolean requireApproval() {
    return policy.requireApproval();
  }

  public boolean deletionProtection() {
    return policy.deletionProtection();
  }
}
