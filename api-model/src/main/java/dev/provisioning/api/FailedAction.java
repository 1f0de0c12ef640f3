package dev.provisioning.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;

/** How often an action failed in a row, and when it is tried again. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record FailedAction(
    @JsonPropertyDescription("Key of the action, unique among the actions of the resource.")
        @Required
        @Size(max = 512)
        String action,
    @JsonPropertyDescription("Failures in a row.") @Min(0) Integer count,
    @JsonPropertyDescription("Stable CamelCase word for the last failure.") @Size(max = 63)
        String reason,
    @JsonPropertyDescription("The last failure in a sentence.") @Size(max = 2048) String message,
    @JsonPropertyDescription("When the first of these failures happened.") Instant since,
    @JsonPropertyDescription("When the action is tried again; absent while only a change can help.")
        Instant retryAt,
    @JsonPropertyDescription("Whether only a person can help; absent means that time can.")
        Boolean stalled)
    implements FailedActionBuilder.With {}
