package dev.provisioning.crds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * Gives {@code nodePools[].server} of a Cluster the schema of a Server's spec, so that a misspelt
 * field is refused there too. A ClusterDefinition keeps it free: expressions may stand anywhere.
 */
final class ClusterMembers {
  /** What the Cluster says itself, or what is different for each machine. */
  private static final List<String> OF_THE_CLUSTER =
      List.of(
          "workspace",
          "infra",
          "provider",
          "hostname",
          "address",
          "adopt",
          "management",
          "deletionPolicy",
          "deletionProtection",
          "mode",
          "suspend");

  private ClusterMembers() {}

  static void embed(Map<String, ObjectNode> crds) {
    ObjectNode server =
        WorkspaceDefaults.without(WorkspaceDefaults.spec(crds, "servers"), OF_THE_CLUSTER);
    JsonNode pool =
        WorkspaceDefaults.spec(crds, "clusters").path("properties").path("nodePools").path("items");
    ObjectNode properties = (ObjectNode) pool.path("properties");
    String text = properties.path("server").path("description").asText();
    properties.set("server", server.put("description", text));
  }
}
