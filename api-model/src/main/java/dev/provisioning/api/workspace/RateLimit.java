package dev.provisioning.api.workspace;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.soabase.recordbuilder.core.RecordBuilder;

/** How often a provider may be called. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record RateLimit(
    @JsonPropertyDescription("Calls per minute over time.") @Min(1) @Max(100000)
        Integer requestsPerMinute,
    @JsonPropertyDescription("Calls at once.") @Min(1) @Max(10000) Integer burst)
    implements RateLimitBuilder.With {}
