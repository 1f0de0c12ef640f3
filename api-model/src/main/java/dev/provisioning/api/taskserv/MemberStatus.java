package dev.provisioning.api.taskserv;

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

/** The service on one machine. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record MemberStatus(
    @JsonPropertyDescription("Name of the Server.") @Required @Size(max = 63) String name,
    @JsonPropertyDescription("Uid of the Server.") @Size(max = 63) String uid,
    @JsonPropertyDescription("Which machine of the Server it is.") @Min(0) Integer incarnation,
    @JsonPropertyDescription("The role it plays.") @Size(max = 63) String role,
    @JsonPropertyDescription("Whether it is the leader, on which steps with runOn Leader run.")
        Boolean leader,
    @JsonPropertyDescription("How far the service is here.") MemberPhase phase,
    @JsonPropertyDescription("Version that is installed.") @Size(max = 128) String version,
    @JsonPropertyDescription("Hash of the configuration that is applied.") @Size(max = 64)
        String configHash,
    @JsonPropertyDescription("Version that is on its way.") @Size(max = 128) String desiredVersion,
    @JsonPropertyDescription("Hash of the configuration that is on its way.") @Size(max = 64)
        String desiredConfigHash,
    @JsonPropertyDescription("Name of the current step.") @Size(max = 63) String step,
    @JsonPropertyDescription("Number of the current step, from 1.") @Min(0) Integer stepIndex,
    @JsonPropertyDescription("How many steps there are.") @Min(0) Integer stepCount,
    @JsonPropertyDescription("Percent.") @Min(0) @Max(100) Integer progress,
    @JsonPropertyDescription("What the step says of itself.") @Size(max = 256) String text,
    @JsonPropertyDescription("Which try of the operation it is, from 1.") @Min(0) Integer attempt,
    @JsonPropertyDescription("Id of the operation on the machine.") @Size(max = 64)
        String operationId,
    @JsonPropertyDescription("When the operation started.") Instant startedAt,
    @JsonPropertyDescription("When the last operation ended.") Instant finishedAt,
    @JsonPropertyDescription("Whether the service answers.") HealthStatus health,
    @JsonPropertyDescription("The step that failed last.") StepFailureStatus lastFailure,
    @JsonPropertyDescription("Steps that failed and were allowed to.") @Size(max = 16)
        List<String> warnings)
    implements MemberStatusBuilder.With {
  public MemberStatus {
    warnings = Copies.of(warnings);
  }
}
