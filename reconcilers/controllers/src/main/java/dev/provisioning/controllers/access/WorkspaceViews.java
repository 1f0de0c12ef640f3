package dev.provisioning.controllers.access;

import dev.provisioning.api.workspace.Workspace;
import dev.provisioning.planning.server.WorkspaceView;
import dev.provisioning.planning.workspace.Presets;
import dev.provisioning.planning.workspace.Rules;

/** A Workspace as its Servers see it. */
public final class WorkspaceViews {
  private WorkspaceViews() {}

  public static WorkspaceView of(Workspace workspace) {
    Rules rules = Presets.policy(workspace.getSpec());
    return new WorkspaceView(
        workspace.getMetadata().getName(),
        workspace.getSpec(),
        new WorkspaceView.Policy(
            rules.deletionProtection(),
            rules.requireApproval(),
            rules.encryptedStorage(),
            rules.requiredTags(),
            rules.windows()));
  }
}
