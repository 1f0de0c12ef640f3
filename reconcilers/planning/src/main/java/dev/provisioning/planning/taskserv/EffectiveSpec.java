package dev.provisioning.planning.taskserv;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provisioning.api.taskserv.TaskServSpec;
import dev.provisioning.planning.config.EffectiveConfig;
import dev.provisioning.planning.config.Layer;
import dev.provisioning.planning.config.WorkspaceLayers;
import dev.provisioning.planning.taskserv.design.Configuration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A spec with the defaults of its Workspace and infra under it. The layers of its configuration are
 * kept apart, since each value tells where it came from.
 */
record EffectiveSpec(TaskServSpec spec, String definition, List<Layer> config) {
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};
  private static final String CONFIG = "config";

  static EffectiveSpec of(TaskServInput input, WorkspaceView workspace) {
    TaskServSpec spec = input.spec();
    String definition = spec.definition() == null ? input.ref().name() : spec.definition();
    List<Layer> fields = new ArrayList<>();
    List<Layer> config = new ArrayList<>();
    for (WorkspaceLayers.Source source :
        WorkspaceLayers.of(workspace.name(), workspace.spec(), spec.infra())) {
      JsonNode values = source.defaults().taskServs().get(definition);
      if (values instanceof ObjectNode object) {
        ObjectNode own = object.deepCopy();
        JsonNode ownConfig = own.remove(CONFIG);
        fields.add(new Layer(source.origin(), JSON.convertValue(own, MAP)));
        if (ownConfig instanceof ObjectNode) {
          config.add(new Layer(source.origin(), JSON.convertValue(ownConfig, MAP)));
        }
      }
    }
    config.add(Configuration.specLayer(spec.config()));
    ObjectNode own = JSON.valueToTree(spec.withConfig(Map.of()));
    fields.add(new Layer("spec", JSON.convertValue(own, MAP)));
    ObjectNode merged = JSON.valueToTree(EffectiveConfig.merge(fields).values());
    return new EffectiveSpec(read(merged).withConfig(spec.config()), definition, config);
  }

  private static String field(JsonProcessingException e) {
    return e instanceof JsonMappingException mapping
        ? mapping.getPath().stream()
            .map(JsonMappingException.Reference::getFieldName)
            .filter(Objects::nonNull)
            .collect(Collectors.joining("."))
        : "some field";
  }

  private static TaskServSpec read(ObjectNode merged) {
    try {
      return JSON.treeToValue(merged, TaskServSpec.class);
    } catch (JsonProcessingException e) {
      throw Refused.invalid(
          "DefaultsInvalid",
          "the Workspace's defaults for this service have a wrong value in " + field(e));
    }
  }
}
