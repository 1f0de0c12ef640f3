package dev.provisioning.api.cluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;

/** A machine of the Cluster. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record MemberStatus(
    @JsonPropertyDescription("Name of the Server.") @Required @Size(max = 63) String server,
    @JsonPropertyDescription("Name of its pool.") @Required @Size(max = 63) String pool,
    @JsonPropertyDescription(
            "Whether the machine and all services on it are as wanted and healthy.")
        Boolean ready,
    @JsonPropertyDescription(
            "What happens to it: Creating, Ready, Updating, Replacing, Broken, Healing or Leaving.")
        @Size(max = 63)
        String state,
    @JsonPropertyDescription("What it is waiting for, in a sentence; absent while it is ready.")
        @Size(max = 1024)
        String message,
    @JsonPropertyDescription("Since when it is broken; absent while it is not.")
        Instant brokenSince,
    @JsonPropertyDescription("Whether it was ready once.") Boolean joined)
    implements MemberStatusBuilder.With {}
