package dev.provisioning.controllers.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provisioning.api.workspace.Defaults;
import dev.provisioning.api.workspace.Infra;
import dev.provisioning.api.workspace.Provider;
import dev.provisioning.api.workspace.Workspace;
import dev.provisioning.api.workspace.WorkspaceSpec;
import dev.provisioning.planning.server.WorkspaceView;
import dev.provisioning.planning.workspace.Presets;
import dev.provisioning.planning.workspace.Rules;
import java.util.Optional;
import java.util.stream.Collectors;

/** A Workspace as its Servers see it. */
final class WorkspaceViews {
  private WorkspaceViews() {}

  static WorkspaceView of(Workspace workspace) {
    WorkspaceSpec spec = workspace.getSpec();
    Rules rules = Presets.policy(spec);
    return new WorkspaceView(
        workspace.getMetadata().getName(),
        Optional.ofNullable(spec.defaultProvider()),
        spec.providers().stream().map(Provider::name).toList(),
        server(spec.defaults()),
        spec.infras().stream()
            .collect(Collectors.toMap(Infra::name, infra -> server(infra.defaults()))),
        Optional.ofNullable(spec.ssh()),
        new WorkspaceView.Policy(
            rules.deletionProtection(),
            rules.requireApproval(),
            rules.encryptedStorage(),
            rules.requiredTags()));
  }

  private static JsonNode server(Defaults defaults) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    if (defaults != null) {
      defaults.server().forEach(node::set);
    }
    return node;
  }
}
