package dev.provisioning.api.workflow;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.provisioning.api.Copies;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;

/** How far a rollback is. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record RollbackStatus(
    @JsonPropertyDescription("Running, Completed or Failed.") @Required RollbackPhase phase,
    @JsonPropertyDescription("Stable CamelCase word for why it began.") @Size(max = 63)
        String reason,
    @JsonPropertyDescription("Why it began, in a sentence.") @Size(max = 1024) String message,
    @JsonPropertyDescription("Operations chosen to be taken back; empty: all.") @Size(max = 2500)
        List<String> operations,
    @JsonPropertyDescription("Operations taken back.") @Min(0) Integer completed,
    @JsonPropertyDescription("Operations whose undo failed.") @Min(0) Integer failed,
    @JsonPropertyDescription("Operations left as they are, because they are irreversible.") @Min(0)
        Integer left,
    @JsonPropertyDescription("When it began.") Instant startedAt,
    @JsonPropertyDescription("When it ended.") Instant finishedAt)
    implements RollbackStatusBuilder.With {
  public RollbackStatus {
    operations = Copies.of(operations);
  }
}
