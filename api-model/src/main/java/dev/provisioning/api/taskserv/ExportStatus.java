package dev.provisioning.api.taskserv;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;

/** A value made on one machine for the others. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ExportStatus(
    @JsonPropertyDescription("Name of the export.") @Required @Size(max = 63) String name,
    @JsonPropertyDescription("Name of the Server that made it.") @Size(max = 63) String server,
    @JsonPropertyDescription(
            "The value; absent when it is a secret, which is in Secret <taskserv>-exports.")
        @Size(max = 4096)
        String value,
    @JsonPropertyDescription("When it was made.") Instant at)
    implements ExportStatusBuilder.With {}
