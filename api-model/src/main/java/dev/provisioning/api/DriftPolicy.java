package dev.provisioning.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** What to do about differences that appeared outside the operator. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record DriftPolicy(
    @JsonPropertyDescription(
            "Report shows differences in status.drift; Correct also removes them. Default: Report.")
        DriftMode mode,
    @JsonPropertyDescription("Fields left alone, with * for any rest, like tags.*.") @Size(max = 32)
        List<String> ignore)
    implements DriftPolicyBuilder.With {
  public DriftPolicy {
    ignore = Copies.of(ignore);
  }
}
