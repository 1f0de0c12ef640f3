package dev.provisioning.controllers.provider;

/**
 * Finds providers by name. Cheap: ask in every pass and keep nothing, for an entry changes with its
 * Workspace and its Secret.
 */
@FunctionalInterface
public interface Providers {
  /**
   * @throws dev.provisioning.spi.ProviderException with reason {@code WorkspaceNotFound}, {@code
   *     ProviderNotDeclared}, {@code ProviderTypeUnsupported} or {@code SecretNotFound}
   */
  ProviderEntry of(ProviderRef ref);
}
