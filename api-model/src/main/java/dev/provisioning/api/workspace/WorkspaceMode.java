package dev.provisioning.api.workspace;

/** Presets of limits and policy. */
public enum WorkspaceMode {
  Solo,
  MultiUser,
  CiCd,
  Enterprise
}
