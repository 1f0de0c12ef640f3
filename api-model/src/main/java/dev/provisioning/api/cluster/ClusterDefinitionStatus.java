package dev.provisioning.api.cluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.provisioning.api.Condition;
import dev.provisioning.api.Copies;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** What is known of a definition. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ClusterDefinitionStatus(
    @JsonPropertyDescription(
            "The generation of the spec that this status speaks of; -1 before the first look.")
        @Min(-1)
        Long observedGeneration,
    @JsonPropertyDescription("Ready; Stalled only while True.") @Size(max = 16)
        List<Condition> conditions,
    @JsonPropertyDescription(
            "The last value of the annotation provisioning.dev/reconcile-requested-at that was acted on.")
        @Size(max = 253)
        String lastHandledReconcileAt)
    implements ClusterDefinitionStatusBuilder.With {
  public ClusterDefinitionStatus {
    conditions = Copies.of(conditions);
  }
}
