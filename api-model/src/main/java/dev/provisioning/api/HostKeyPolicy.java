package dev.provisioning.api;

/** How the first host key of a machine is trusted. */
public enum HostKeyPolicy {
  Pinned,
  TrustOnFirstUse
}
