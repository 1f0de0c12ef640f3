package dev.provisioning.api.taskserv;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.provisioning.api.Copies;
import dev.provisioning.api.DriftMode;
import dev.provisioning.api.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** What to do about packages, files and units that were changed outside the operator. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record HostDriftPolicy(
    @JsonPropertyDescription(
            "Report shows differences in status.drift; Correct also removes them. Default: Report.")
        DriftMode mode,
    @JsonPropertyDescription("Items left alone, with * for any rest, like file:/etc/redis/*.")
        @Size(max = 32)
        List<String> ignore,
    @JsonPropertyDescription(
            "How often machines are compared with what was applied, and at most corrected, like"
                + " 10m. Default: as the operator is set.")
        @Pattern(Formats.DURATION)
        String interval)
    implements HostDriftPolicyBuilder.With {
  public HostDriftPolicy {
    ignore = Copies.of(ignore);
  }
}
