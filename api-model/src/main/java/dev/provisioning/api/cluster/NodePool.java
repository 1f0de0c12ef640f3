package dev.provisioning.api.cluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import dev.provisioning.api.Copies;
import dev.provisioning.api.Formats;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;

/** Machines of one sort. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value = "!has(self.addresses) || !has(self.replicas) || self.replicas <= size(self.addresses)",
    message = "there are fewer addresses than replicas: name one machine for each",
    fieldPath = ".addresses")
@ValidationRule(
    value = "!has(self.labels) || self.labels.all(k, !k.startsWith('provisioning.dev/'))",
    message = "labels under provisioning.dev/ belong to the operator: use another prefix",
    fieldPath = ".labels")
public record NodePool(
    @JsonPropertyDescription(
            "Name of the pool; its Servers are called after the Cluster, the pool and a number, like shop-web-01.")
        @Required
        @Pattern(Formats.NAME)
        String name,
    @JsonPropertyDescription("How many machines. Default: 1, or as many as there are addresses.")
        @Min(0)
        @Max(100)
        Integer replicas,
    @JsonPropertyDescription(
            "Zones to spread the machines over, in turn. Default: the zone of server.")
        @Size(max = 16)
        List<String> zones,
    @JsonPropertyDescription(
            "Name of one of the Workspace's providers. Default: its defaultProvider.")
        @Pattern(Formats.NAME)
        String provider,
    @JsonPropertyDescription(
            "Role of the machines in every service that knows this role, like primary. Pools of role control-plane change before all others.")
        @Pattern(Formats.NAME)
        String role,
    @JsonPropertyDescription("Further labels of the Servers.") @Size(max = 16)
        Map<String, String> labels,
    @JsonPropertyDescription(
            "For providers of type existing: where the machines already are, one address for each.")
        @Size(max = 100)
        List<String> addresses,
    @JsonPropertyDescription("Fields of the Servers' specs, like plan, resources or image.")
        @PreserveUnknownFields
        @Size(max = 64)
        Map<String, JsonNode> server)
    implements NodePoolBuilder.With {
  public NodePool {
    zones = Copies.of(zones);
    labels = Copies.of(labels);
    addresses = Copies.of(addresses);
    server = Copies.of(server);
  }
}
