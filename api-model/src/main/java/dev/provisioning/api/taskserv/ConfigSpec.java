package dev.provisioning.api.taskserv;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import dev.provisioning.api.Copies;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;

/** What can be configured. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ConfigSpec(
    @JsonPropertyDescription("JSON Schema (openAPIV3Schema) of config, with defaults.")
        @PreserveUnknownFields
        @Size(max = 64)
        Map<String, JsonNode> schema,
    @JsonPropertyDescription("By name: values over the schema's defaults.")
        @PreserveUnknownFields
        @Size(max = 16)
        Map<String, JsonNode> profiles,
    @JsonPropertyDescription(
            "Keys of config that hold secrets, like password or users.*.password: given as secretRef, generated where absent.")
        @Size(max = 32)
        List<String> secrets)
    implements ConfigSpecBuilder.With {
  public ConfigSpec {
    schema = Copies.of(schema);
    profiles = Copies.of(profiles);
    secrets = Copies.of(secrets);
  }
}
