package dev.provisioning.api.workflow;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import dev.provisioning.api.Copies;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;

/** Machines that are made or changed alike. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ServersOperation(
    @JsonPropertyDescription("Names of the Servers.") @Required @Size(min = 1, max = 100)
        List<String> names,
    @JsonPropertyDescription("The spec of each of them.") @PreserveUnknownFields @Size(max = 64)
        Map<String, JsonNode> template)
    implements ServersOperationBuilder.With {
  public ServersOperation {
    names = Copies.of(names);
    template = Copies.of(template);
  }
}
