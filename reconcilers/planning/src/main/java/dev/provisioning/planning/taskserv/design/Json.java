package dev.provisioning.planning.taskserv.design;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Between trees, maps and records. */
final class Json {
  static final ObjectMapper MAPPER =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

  private Json() {}

  static Map<String, Object> map(JsonNode object) {
    return MAPPER.convertValue(object, MAP);
  }

  static Map<String, Object> map(Map<String, JsonNode> values) {
    return map(tree(values));
  }

  static ObjectNode tree(Map<String, ?> values) {
    return MAPPER.valueToTree(values);
  }
}
