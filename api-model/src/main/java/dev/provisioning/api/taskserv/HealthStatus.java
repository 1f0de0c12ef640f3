package dev.provisioning.api.taskserv;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.provisioning.api.Copies;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;

/** Whether the service answers on one machine. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record HealthStatus(
    @JsonPropertyDescription("Whether all checks succeed.") Boolean healthy,
    @JsonPropertyDescription("Since when healthy has this value.") Instant since,
    @JsonPropertyDescription("The checks.") @Size(max = 16) List<CheckStatus> checks)
    implements HealthStatusBuilder.With {
  public HealthStatus {
    checks = Copies.of(checks);
  }
}
