package dev.provisioning.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;

/** An effect that was about to be started, written before it. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Intent(
    @JsonPropertyDescription("Key of the action, unique among the actions of the resource.")
        @Required
        @Size(max = 512)
        String action,
    @JsonPropertyDescription("Idempotency key of the effect: the same try carries the same key.")
        @Size(max = 64)
        String key,
    @JsonPropertyDescription("When the intent was written.") Instant since,
    @JsonPropertyDescription(
            "Whether a deletion was answered as done; one that was not is sent again, even if nothing is seen any more.")
        Boolean answered)
    implements IntentBuilder.With {}
