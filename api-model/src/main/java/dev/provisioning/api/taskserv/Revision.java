package dev.provisioning.api.taskserv;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import dev.provisioning.api.Copies;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Map;

/** A version with its configuration, complete enough to go back to. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Revision(
    @JsonPropertyDescription("The version.") @Size(max = 128) String version,
    @JsonPropertyDescription("Hash of the configuration.") @Size(max = 64) String configHash,
    @JsonPropertyDescription("Hash of the definition it was made with.") @Size(max = 64)
        String definitionHash,
    @JsonPropertyDescription("The effective configuration; secrets are references.")
        @PreserveUnknownFields
        @Size(max = 256)
        Map<String, JsonNode> config)
    implements RevisionBuilder.With {
  public Revision {
    config = Copies.of(config);
  }
}
