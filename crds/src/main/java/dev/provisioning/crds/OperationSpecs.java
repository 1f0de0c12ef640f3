package dev.provisioning.crds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * Gives the specs inside the operations of a BatchWorkflow the schema of the kinds that they are
 * specs of, so that a misspelt field is refused there too. Rules stay out: two thousand operations
 * would exceed what they may cost; they hold when the resource itself is made.
 */
final class OperationSpecs {
  private static final String RULES = "x-kubernetes-validations";
  private static final List<String> ORDERS = List.of("mode", "suspend");
  private static final Map<String, String> BY_FIELD =
      Map.of("server", "servers", "taskServ", "taskservs", "cluster", "clusters");

  private OperationSpecs() {}

  static void embed(Map<String, ObjectNode> crds) {
    ObjectNode operation =
        (ObjectNode) spec(crds, "batchworkflows").at("/properties/operations/items");
    ObjectNode fields = (ObjectNode) operation.get("properties");
    BY_FIELD.forEach((field, plural) -> put(crds, fields, field, plural));
    put(crds, (ObjectNode) fields.at("/servers/properties"), "template", "servers");
    List.of(
            fields.at("/servers/properties/names"),
            fields.at("/script/properties/servers"),
            fields.at("/dependsOn/items"))
        .forEach(OperationSpecs::withoutRules);
  }

  private static void put(
      Map<String, ObjectNode> crds, ObjectNode fields, String field, String plural) {
    if (!crds.containsKey(plural + ".provisioning.dev")) {
      return;
    }
    ObjectNode copy = spec(crds, plural).deepCopy();
    ((ObjectNode) copy.path("properties")).remove(ORDERS);
    withoutRules(copy);
    copy.put("description", fields.path(field).path("description").asText());
    fields.set(field, copy);
  }

  private static void withoutRules(JsonNode schema) {
    if (schema instanceof ObjectNode node) {
      node.remove(RULES);
    }
    schema.forEach(OperationSpecs::withoutRules);
  }

  private static ObjectNode spec(Map<String, ObjectNode> crds, String plural) {
    JsonNode crd = crds.get(plural + ".provisioning.dev");
    return (ObjectNode) crd.at("/spec/versions/0/schema/openAPIV3Schema/properties/spec");
  }
}
