package dev.provisioning.api.taskserv;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.provisioning.api.Copies;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;

/** The step that failed last on one machine. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record StepFailureStatus(
    @JsonPropertyDescription("Name of the step.") @Size(max = 63) String step,
    @JsonPropertyDescription("Exit code of its script.") Integer exitCode,
    @JsonPropertyDescription("Stable CamelCase word for why.") @Size(max = 63) String reason,
    @JsonPropertyDescription("Why, in a sentence.") @Size(max = 2048) String message,
    @JsonPropertyDescription("The last lines of its output, without secrets.") @Size(max = 20)
        List<String> logTail,
    @JsonPropertyDescription("When it failed.") Instant at)
    implements StepFailureStatusBuilder.With {
  public StepFailureStatus {
    logTail = Copies.of(logTail);
  }
}
