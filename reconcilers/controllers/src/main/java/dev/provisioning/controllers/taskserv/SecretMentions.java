package dev.provisioning.controllers.taskserv;

import com.fasterxml.jackson.databind.JsonNode;
import dev.provisioning.api.workspace.WorkspaceSpec;
import java.util.Collection;

/** Whether configuration refers to a Secret: {@code {secretRef: {name: …}}}, at any depth. */
final class SecretMentions {
  private SecretMentions() {}

  static boolean in(Collection<JsonNode> config, String secret) {
    return config.stream()
        .flatMap(node -> node.findValues("secretRef").stream())
        .anyMatch(reference -> reference.path("name").asText().equals(secret));
  }

  static boolean in(WorkspaceSpec workspace, String secret) {
    return in(workspace.defaults() == null, workspace, secret);
  }

  private static boolean in(boolean noDefaults, WorkspaceSpec workspace, String secret) {
    boolean own = !noDefaults && in(workspace.defaults().taskServs().values(), secret);
    return own
        || workspace.infras().stream()
            .filter(infra -> infra.defaults() != null)
            .anyMatch(infra -> in(infra.defaults().taskServs().values(), secret));
  }
}
