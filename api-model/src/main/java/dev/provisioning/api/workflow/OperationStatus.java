package dev.provisioning.api.workflow;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.provisioning.api.Copies;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;

/** One operation as it is now. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record OperationStatus(
    @JsonPropertyDescription("Name of the operation.") @Required @Size(max = 63) String name,
    @JsonPropertyDescription("How far it is.") OperationPhase phase,
    @JsonPropertyDescription("Which try it is, from 1.") @Min(0) Integer attempt,
    @JsonPropertyDescription("Tries before the last edit: they do not count for retry.maxAttempts.")
        @Min(0)
        Integer uncounted,
    @JsonPropertyDescription("When this try started.") Instant startedAt,
    @JsonPropertyDescription("When the last try ended.") Instant finishedAt,
    @JsonPropertyDescription("When the next try starts.") Instant retryAt,
    @JsonPropertyDescription("Percent of this try.") @Min(0) @Max(100) Integer progress,
    @JsonPropertyDescription("Stable CamelCase word for why it is not well.") @Size(max = 63)
        String reason,
    @JsonPropertyDescription("What it waits for, or why it failed, in a sentence.")
        @Size(max = 1024)
        String message,
    @JsonPropertyDescription("Resources that it made or changed.") @Size(max = 200)
        List<Child> children,
    @JsonPropertyDescription("Machines on which its script runs or ran.") @Size(max = 256)
        List<ScriptTarget> servers,
    @JsonPropertyDescription("Last lines of output of a script that failed, without secrets.")
        @Size(max = 20)
        List<String> logTail,
    @JsonPropertyDescription("Hash of what was approved, or of what this try carries out.")
        @Size(max = 32)
        String inputsHash,
    @JsonPropertyDescription("How it is taken back; absent when there is nothing to take back.")
        UndoStatus undo)
    implements OperationStatusBuilder.With {
  public OperationStatus {
    children = Copies.of(children);
    servers = Copies.of(servers);
    logTail = Copies.of(logTail);
  }
}
