package dev.provisioning.api.server;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;

/** The machine as its provider sees it. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record MachineStatus(
    @JsonPropertyDescription("The provider's id of the machine.") @Size(max = 253) String id,
    @JsonPropertyDescription("Name of the provider in the Workspace.") @Size(max = 63)
        String provider,
    @JsonPropertyDescription("Name of the machine at its provider.") @Size(max = 253) String name,
    @JsonPropertyDescription("The provider's name for its size.") @Size(max = 63) String plan,
    @JsonPropertyDescription("The provider's id of its image.") @Size(max = 253) String image,
    @JsonPropertyDescription("Where it is.") @Size(max = 63) String zone,
    @JsonPropertyDescription("What the provider says of it, like Running.") @Size(max = 63)
        String state,
    @JsonPropertyDescription("When it was made.") Instant createdAt)
    implements MachineStatusBuilder.With {}
