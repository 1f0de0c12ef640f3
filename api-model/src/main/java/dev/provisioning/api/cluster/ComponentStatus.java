package dev.provisioning.api.cluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;

/** A service of the Cluster. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ComponentStatus(
    @JsonPropertyDescription("Name of the component.") @Required @Size(max = 63) String name,
    @JsonPropertyDescription("Name of its TaskServ.") @Size(max = 63) String taskServ,
    @JsonPropertyDescription("Phase of the TaskServ.") @Size(max = 63) String phase,
    @JsonPropertyDescription("Whether it is as wanted and healthy on all its machines.")
        Boolean ready,
    @JsonPropertyDescription("Version on all machines.") @Size(max = 128) String version,
    @JsonPropertyDescription("Ready machines of all, like 2/3.") @Size(max = 16) String machines)
    implements ComponentStatusBuilder.With {}
