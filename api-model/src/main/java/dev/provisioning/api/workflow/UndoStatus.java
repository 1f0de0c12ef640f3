package dev.provisioning.api.workflow;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;

/** How an operation is taken back; recorded when it starts. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record UndoStatus(
    @JsonPropertyDescription(
            "Delete what was made, Restore the previous spec, run the Script rollback, or Irreversible.")
        @Required
        UndoType type,
    @JsonPropertyDescription("Running, Done, Failed, or Left as it is; absent: not begun.")
        UndoPhase phase,
    @JsonPropertyDescription("Which try of the undo it is, from 1.") @Min(0) Integer attempt,
    @JsonPropertyDescription("When this try of the undo began.") Instant startedAt)
    implements UndoStatusBuilder.With {}
