package dev.provisioning.api.cluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import dev.provisioning.api.Copies;
import dev.provisioning.api.Formats;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;

/** A pool with expressions: {parameters.x}, {size(a,b)}, {cluster.name}. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record PoolTemplate(
    @JsonPropertyDescription("Name of the pool.") @Required @Pattern(Formats.NAME) String name,
    @JsonPropertyDescription(
            "The pool is there if this expression is true, like {parameters.monitoring}. Default: true.")
        @Size(min = 1, max = 128)
        String when,
    @JsonPropertyDescription("How many machines: a number or an expression.")
        @Size(min = 1, max = 128)
        String replicas,
    @JsonPropertyDescription(
            "Zones to spread the machines over; an expression that is a list stands for its elements.")
        @Size(max = 16)
        List<String> zones,
    @JsonPropertyDescription("Name of one of the Workspace's providers, or an expression.")
        @Size(min = 1, max = 128)
        String provider,
    @JsonPropertyDescription(
            "Role of the machines in every service that knows this role. Pools of role control-plane change before all others.")
        @Pattern(Formats.NAME)
        String role,
    @JsonPropertyDescription("Further labels of the Servers.") @Size(max = 16)
        Map<String, String> labels,
    @JsonPropertyDescription("Fields of the Servers' specs, with expressions.")
        @PreserveUnknownFields
        @Size(max = 64)
        Map<String, JsonNode> server)
    implements PoolTemplateBuilder.With {
  public PoolTemplate {
    zones = Copies.of(zones);
    labels = Copies.of(labels);
    server = Copies.of(server);
  }
}
