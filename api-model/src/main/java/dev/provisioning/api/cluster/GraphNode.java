package dev.provisioning.api.cluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.provisioning.api.Copies;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;

/** A pool or a component in the order of creation. Deletion walks these nodes in reverse. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record GraphNode(
    @JsonPropertyDescription("Its name in the graph, like nodePools/web or components/nginx.")
        @Required
        @Size(max = 128)
        String name,
    @JsonPropertyDescription("Names of the nodes that come first.") @Size(max = 96)
        List<String> dependsOn,
    @JsonPropertyDescription("Pending, Active, Done, Deleting, Blocked or Gone.") @Size(max = 63)
        String state,
    @JsonPropertyDescription("Since when it is in this state.") Instant since,
    @JsonPropertyDescription("What it is waiting for, in a sentence.") @Size(max = 1024)
        String message)
    implements GraphNodeBuilder.With {
  public GraphNode {
    dependsOn = Copies.of(dependsOn);
  }
}
