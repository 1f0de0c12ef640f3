package dev.provisioning.planning.taskserv;

import dev.provisioning.api.workspace.WorkspaceSpec;

/** The Workspace of a TaskServ; its presets are already applied to the two policies. */
public record WorkspaceView(
    String name, WorkspaceSpec spec, boolean requireApproval, boolean deletionProtection) {}
