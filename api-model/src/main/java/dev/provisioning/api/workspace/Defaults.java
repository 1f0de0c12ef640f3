package dev.provisioning.api.workspace;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import dev.provisioning.api.Copies;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Map;

/** What resources are under their own specs. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Defaults(
    @JsonPropertyDescription("Fields of Server specs.") @PreserveUnknownFields @Size(max = 64)
        Map<String, JsonNode> server,
    @JsonPropertyDescription("By name of a definition: fields of TaskServ specs, like config.")
        @PreserveUnknownFields
        @Size(max = 64)
        Map<String, JsonNode> taskServs)
    implements DefaultsBuilder.With {
  public Defaults {
    server = Copies.of(server);
    taskServs = Copies.of(taskServs);
  }
}
