package dev.provisioning.api.taskserv;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.provisioning.api.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;

/** A file that the machine fetches by address and checks. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Artifact(
    @JsonPropertyDescription("The architecture it is for, like amd64. Absent: all.")
        @Size(min = 1, max = 63)
        String architecture,
    @JsonPropertyDescription("Where it is; may hold template expressions, like {version}.")
        @Required
        @Pattern(Formats.URL)
        String url,
    @JsonPropertyDescription("SHA-256 of the file, in hex.") @Required @Pattern(Formats.SHA256)
        String sha256)
    implements ArtifactBuilder.With {}
