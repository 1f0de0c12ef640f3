package dev.provisioning.planning.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.provisioning.api.SshSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a Server takes from its Workspace.
 *
 * @param serverDefaults {@code defaults.server}; a null node when there is none
 * @param infraDefaults {@code defaults.server} of each infra, by its name
 * @param policy with the presets of the Workspace's mode filled in
 */
public record WorkspaceView(
    String name,
    Optional<String> defaultProvider,
    List<String> providers,
    JsonNode serverDefaults,
    Map<String, JsonNode> infraDefaults,
    Optional<SshSpec> ssh,
    Policy policy) {
  /** The part of a Workspace's policy that Servers obey. */
  public record Policy(
      boolean deletionProtection,
      boolean requireApproval,
      boolean encryptedStorage,
      List<String> requiredTags) {}
}
