package dev.provisioning.crds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * Gives the defaults of a Workspace the schema of what they are defaults for, so that a misspelt
 * field is refused there as it is in a Server.
 */
final class WorkspaceDefaults {
  private static final List<String> NOT_OF_SERVERS =
      List.of("workspace", "infra", "hostname", "address", "adopt", "mode", "suspend");
  private static final List<String> NOT_OF_TASKSERVS =
      List.of("workspace", "infra", "definition", "servers", "dependsOn", "mode", "suspend");

  private WorkspaceDefaults() {}

  static void embed(Map<String, ObjectNode> crds) {
    ObjectNode server = without(spec(crds, "servers"), NOT_OF_SERVERS);
    ObjectNode taskServ = without(spec(crds, "taskservs"), NOT_OF_TASKSERVS);
    ObjectNode workspace = spec(crds, "workspaces");
    fill(workspace.path("properties").path("defaults"), server, taskServ);
    JsonNode infra = workspace.path("properties").path("infras").path("items");
    fill(infra.path("properties").path("defaults"), server, taskServ);
  }

  private static void fill(JsonNode defaults, ObjectNode server, ObjectNode taskServ) {
    ObjectNode properties = (ObjectNode) defaults.path("properties");
    String onServers = properties.path("server").path("description").asText();
    properties.set("server", server.deepCopy().put("description", onServers));
    ObjectNode byName = (ObjectNode) properties.path("taskServs");
    byName.remove("x-kubernetes-preserve-unknown-fields");
    byName.set("additionalProperties", taskServ.deepCopy());
  }

  static ObjectNode without(ObjectNode spec, List<String> fields) {
    ObjectNode copy = spec.deepCopy();
    ((ObjectNode) copy.path("properties")).remove(fields);
    copy.remove("required");
    rules(copy, fields);
    return copy;
  }

  /** Rules stay, but those that speak of a field that is not a default. */
  private static void rules(ObjectNode copy, List<String> fields) {
    if (copy.remove("x-kubernetes-validations") instanceof ArrayNode all) {
      ArrayNode kept = copy.arrayNode();
      all.forEach(rule -> keep(rule, fields, kept));
      if (!kept.isEmpty()) {
        copy.set("x-kubernetes-validations", kept);
      }
    }
  }

  private static void keep(JsonNode rule, List<String> fields, ArrayNode kept) {
    String text = rule.path("rule").asText();
    if (fields.stream().noneMatch(field -> text.contains("self." + field))) {
      kept.add(rule);
    }
  }

  static ObjectNode spec(Map<String, ObjectNode> crds, String plural) {
    JsonNode crd = crds.get(plural + ".provisioning.dev");
    JsonNode schema = crd.path("spec").path("versions").get(0).path("schema");
    return (ObjectNode) schema.path("openAPIV3Schema").path("properties").path("spec");
  }
}
