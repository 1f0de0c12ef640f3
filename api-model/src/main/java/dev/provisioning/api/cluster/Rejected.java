package dev.provisioning.api.cluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.provisioning.api.Copies;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.Map;

/** A revision that failed. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Rejected(
    @JsonPropertyDescription("Name of the revision.") @Size(max = 64) String hash,
    @JsonPropertyDescription("The child that failed, like TaskServ shop-nginx.") @Size(max = 128)
        String child,
    @JsonPropertyDescription("Stable CamelCase word for why.") @Size(max = 63) String reason,
    @JsonPropertyDescription("Why, in a sentence.") @Size(max = 1024) String message,
    @JsonPropertyDescription("When it failed.") Instant at,
    @JsonPropertyDescription(
            "How many machines it wanted, by pool: with other numbers it is the same revision, and not tried again.")
        @Size(max = 32)
        Map<String, Integer> replicas)
    implements RejectedBuilder.With {
  public Rejected {
    replicas = Copies.of(replicas);
  }
}
