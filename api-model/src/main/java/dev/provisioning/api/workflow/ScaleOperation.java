package dev.provisioning.api.workflow;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.provisioning.api.Formats;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.soabase.recordbuilder.core.RecordBuilder;

/** Another number of machines in a Cluster. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ScaleOperation(
    @JsonPropertyDescription("Name of the Cluster.") @Required @Pattern(Formats.NAME)
        String cluster,
    @JsonPropertyDescription("Name of the node pool. Default: the pool that kubectl scale means.")
        @Pattern(Formats.NAME)
        String nodePool,
    @JsonPropertyDescription("How many machines the pool shall have.") @Required @Min(0) @Max(1000)
        Integer replicas)
    implements ScaleOperationBuilder.With {}
