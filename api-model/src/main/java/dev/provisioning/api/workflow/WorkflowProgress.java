package dev.provisioning.api.workflow;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.provisioning.api.Copies;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;

/** How far a workflow is. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record WorkflowProgress(
    @JsonPropertyDescription("Percent of the operations.") @Min(0) @Max(100) Integer percent,
    @JsonPropertyDescription("All operations.") @Min(0) Integer total,
    @JsonPropertyDescription("Operations that succeeded.") @Min(0) Integer succeeded,
    @JsonPropertyDescription("Operations that failed for good.") @Min(0) Integer failed,
    @JsonPropertyDescription("Operations that run.") @Min(0) Integer running,
    @JsonPropertyDescription("Operations that wait for nothing but a place.") @Min(0) Integer ready,
    @JsonPropertyDescription(
            "Places that it takes: of operations that run and do not only wait, and of undos.")
        @Min(0)
        Integer places,
    @JsonPropertyDescription("Succeeded of all, like 7/10.") @Size(max = 16) String done,
    @JsonPropertyDescription("Names of operations that run, at most ten.") @Size(max = 10)
        List<String> currentOperations,
    @JsonPropertyDescription("When the first operation started.") Instant startedAt,
    @JsonPropertyDescription(
            "From when timeouts count: its start, or the end of the last suspension or wait for approval.")
        Instant timeoutFrom,
    @JsonPropertyDescription("When the last operation ended.") Instant finishedAt,
    @JsonPropertyDescription(
            "When the whole will be done, told from operations of the same types; absent while unknown.")
        Instant estimatedCompletion)
    implements WorkflowProgressBuilder.With {
  public WorkflowProgress {
    currentOperations = Copies.of(currentOperations);
  }
}
