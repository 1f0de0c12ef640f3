package dev.provisioning.api.workspace;

/** The adapters that a provider entry can name. */
public enum ProviderType {
  aws,
  upcloud,
  hetzner,
  local,
  existing,
  simulated
}
