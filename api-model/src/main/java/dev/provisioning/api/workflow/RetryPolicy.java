package dev.provisioning.api.workflow;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.soabase.recordbuilder.core.RecordBuilder;

/** How often an operation is tried. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record RetryPolicy(
    @JsonPropertyDescription("Tries in all, the first included. Default: 3.") @Min(1) @Max(20)
        Integer maxAttempts,
    @JsonPropertyDescription("The waits between tries.") RetryBackoff backoff)
    implements RetryPolicyBuilder.With {}
