package dev.provisioning.api.taskserv;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;

/** One difference between what was applied on a machine and what is there. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record MemberDrift(
    @JsonPropertyDescription("Name of the Server.") @Required @Size(max = 63) String server,
    @JsonPropertyDescription(
            "What differs, like file:/etc/redis/redis.conf or unit:redis-server.service.")
        @Required
        @Size(max = 512)
        String field,
    @JsonPropertyDescription("What was applied.") @Size(max = 1024) String desired,
    @JsonPropertyDescription("What was found.") @Size(max = 1024) String observed)
    implements MemberDriftBuilder.With {}
