package dev.provisioning.api.cluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import dev.provisioning.api.Copies;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Map;

/** What can be chosen. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Parameters(
    @JsonPropertyDescription("JSON Schema (openAPIV3Schema) of the parameters, with defaults.")
        @PreserveUnknownFields
        @Size(max = 64)
        Map<String, JsonNode> schema)
    implements ParametersBuilder.With {
  public Parameters {
    schema = Copies.of(schema);
  }
}
