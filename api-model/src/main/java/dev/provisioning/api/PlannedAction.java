package dev.provisioning.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;

/** One line of a plan. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record PlannedAction(
    @JsonPropertyDescription("What kind of action it is, in the imperative, like CreateMachine.")
        @Required
        @Size(max = 63)
        String action,
    @JsonPropertyDescription("The action in a sentence for people.") @Size(max = 1024)
        String description,
    @JsonPropertyDescription("Whether a machine or data is lost by it.") Boolean destructive,
    @JsonPropertyDescription(
            "Names the whole effect, where the description leaves something of it out.")
        @Size(max = 64)
        String content)
    implements PlannedActionBuilder.With {}
