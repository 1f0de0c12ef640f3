package dev.provisioning.api.taskserv;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;

/** One version and configuration that was rolled out. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record HistoryEntry(
    @JsonPropertyDescription("The version.") @Size(max = 128) String version,
    @JsonPropertyDescription("Hash of the configuration.") @Size(max = 64) String configHash,
    @JsonPropertyDescription("Hash of the definition it was made with.") @Size(max = 64)
        String definitionHash,
    @JsonPropertyDescription("When it ended.") Instant at,
    @JsonPropertyDescription("How it ended.") RevisionResult result)
    implements HistoryEntryBuilder.With {}
