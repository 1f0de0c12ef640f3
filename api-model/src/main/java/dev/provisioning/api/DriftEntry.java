package dev.provisioning.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;

/** One difference between what is wanted and what is. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record DriftEntry(
    @JsonPropertyDescription("What differs, like plan, tags.team or file:/etc/redis/redis.conf.")
        @Required
        @Size(max = 512)
        String field,
    @JsonPropertyDescription("What the spec or the applied state says.") @Size(max = 1024)
        String desired,
    @JsonPropertyDescription("What was found.") @Size(max = 1024) String observed)
    implements DriftEntryBuilder.With {}
