package dev.provisioning.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;

/** One fact about a resource, for programs. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Condition(
    @JsonPropertyDescription("CamelCase name of the fact, with positive polarity, like Ready.")
        @Required
        @Size(max = 63)
        String type,
    @JsonPropertyDescription("Whether the fact holds: True, False or Unknown.") @Required
        ConditionStatus status,
    @JsonPropertyDescription(
            "Stable CamelCase word for why; the same word is the reason of the event.")
        @Required
        @Size(max = 63)
        String reason,
    @JsonPropertyDescription(
            "A sentence for people: the first thing in the way, since when, and what happens next.")
        @Size(max = 2048)
        String message,
    @JsonPropertyDescription("When the status of this condition last changed.") @Required
        Instant lastTransitionTime,
    @JsonPropertyDescription("The generation of the spec that this condition speaks of.") @Min(0)
        Long observedGeneration)
    implements ConditionBuilder.With {}
