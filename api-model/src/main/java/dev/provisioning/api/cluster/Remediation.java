package dev.provisioning.api.cluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.provisioning.api.Formats;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.soabase.recordbuilder.core.RecordBuilder;

/** Replaces machines that stay broken. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Remediation(
    @JsonPropertyDescription("Whether broken machines are replaced. Default: false.")
        Boolean enabled,
    @JsonPropertyDescription(
            "How long a machine must be broken before it is replaced, like 5m. Default: 5m.")
        @Pattern(Formats.DURATION)
        String unhealthyFor,
    @JsonPropertyDescription("How many machines are replaced at once. Default: 1.")
        @Min(1)
        @Max(100)
        Integer maxInFlight,
    @JsonPropertyDescription(
            "Nothing is replaced while more machines than these are broken: a part like 40% or a number. Default: 40%.")
        @Pattern(Formats.LIMIT)
        String unhealthyLimit)
    implements RemediationBuilder.With {}
