package dev.provisioning.api.cluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import dev.provisioning.api.Copies;
import dev.provisioning.api.Formats;
import dev.provisioning.api.taskserv.HostDriftPolicy;
import dev.provisioning.api.taskserv.Strategy;
import dev.provisioning.api.taskserv.Timeouts;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;

/** A service of the Cluster: one TaskServ over the machines of some pools. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value = "!has(self.dependsOn) || !(self.name in self.dependsOn)",
    message = "a component cannot depend on itself: take it out of dependsOn",
    fieldPath = ".dependsOn")
@ValidationRule(
    value = "!has(self.roles) || !has(self.nodePools) || self.roles.all(p, p in self.nodePools)",
    message = "roles names a pool that is not one of the component's nodePools",
    fieldPath = ".roles")
public record Component(
    @JsonPropertyDescription(
            "Name of the component; its TaskServ is called after the Cluster and the component, like shop-redis.")
        @Required
        @Pattern(Formats.NAME)
        String name,
    @JsonPropertyDescription("false leaves a component of the definition out. Default: true.")
        Boolean enabled,
    @JsonPropertyDescription("Name of the TaskServDefinition. Default: the name of the component.")
        @Pattern(Formats.NAME)
        String definition,
    @JsonPropertyDescription(
            "An exact version, a range like >=15 <17 or ^3.5, or latest. Default: the definition's default version.")
        @Pattern(Formats.VERSION)
        String version,
    @JsonPropertyDescription("Names of the pools whose machines it runs on. Default: all.")
        @Size(max = 32)
        List<String> nodePools,
    @JsonPropertyDescription("By name of a pool: the role of its machines in this service.")
        @Size(max = 32)
        Map<String, String> roles,
    @JsonPropertyDescription("Name of a set of values in the definition, like production.")
        @Pattern(Formats.NAME)
        String profile,
    @JsonPropertyDescription("Values of the service, checked against the definition's schema.")
        @PreserveUnknownFields
        @Size(max = 256)
        Map<String, JsonNode> config,
    @JsonPropertyDescription("Names of the components that come first.") @Size(max = 64)
        List<String> dependsOn,
    @JsonPropertyDescription(
            "How a change goes over the machines. Default: as strategy of the Cluster says.")
        Strategy strategy,
    @JsonPropertyDescription(
            "What to do about packages, files and units changed outside the operator.")
        HostDriftPolicy drift,
    @JsonPropertyDescription("Limits of time.") Timeouts timeouts)
    implements ComponentBuilder.With {
  public Component {
    nodePools = Copies.of(nodePools);
    roles = Copies.of(roles);
    config = Copies.of(config);
    dependsOn = Copies.of(dependsOn);
  }
}
