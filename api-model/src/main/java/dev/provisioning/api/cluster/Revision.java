package dev.provisioning.api.cluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import dev.provisioning.api.Copies;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.Map;

/** What machines and services the Cluster was made of, without templates. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Revision(
    @JsonPropertyDescription("Name of this revision.") @Size(max = 64) String hash,
    @JsonPropertyDescription("Pools and components with all defaults and parameters filled in.")
        @PreserveUnknownFields
        @Size(max = 16)
        Map<String, JsonNode> topology,
    @JsonPropertyDescription("When it was reached.") Instant at)
    implements RevisionBuilder.With {
  public Revision {
    topology = Copies.of(topology);
  }
}
