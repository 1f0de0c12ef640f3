package dev.provisioning.api.cluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import dev.provisioning.api.Copies;
import dev.provisioning.api.Formats;
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

/** A component with expressions: {parameters.x}, {size(a,b)}, {cluster.name}. */
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
public record ComponentTemplate(
    @JsonPropertyDescription("Name of the component.") @Required @Pattern(Formats.NAME) String name,
    @JsonPropertyDescription(
            "The component is there if this expression is true, like {parameters.monitoring}. Default: true.")
        @Size(min = 1, max = 128)
        String when,
    @JsonPropertyDescription(
            "Name of the TaskServDefinition, or an expression. Default: the name of the component.")
        @Size(min = 1, max = 128)
        String definition,
    @JsonPropertyDescription("A version, a range, latest, or an expression.")
        @Size(min = 1, max = 128)
        String version,
    @JsonPropertyDescription("Names of the pools whose machines it runs on. Default: all.")
        @Size(max = 32)
        List<String> nodePools,
    @JsonPropertyDescription("By name of a pool: the role of its machines in this service.")
        @Size(max = 32)
        Map<String, String> roles,
    @JsonPropertyDescription(
            "Name of a set of values in the TaskServDefinition, or an expression like {size(development,production)}.")
        @Size(min = 1, max = 128)
        String profile,
    @JsonPropertyDescription("Values of the service, with expressions.")
        @PreserveUnknownFields
        @Size(max = 256)
        Map<String, JsonNode> config,
    @JsonPropertyDescription(
            "Names of the components that come first; those that are not there are left out.")
        @Size(max = 64)
        List<String> dependsOn,
    @JsonPropertyDescription("How a change goes over the machines.") Strategy strategy,
    @JsonPropertyDescription("Limits of time.") Timeouts timeouts)
    implements ComponentTemplateBuilder.With {
  public ComponentTemplate {
    nodePools = Copies.of(nodePools);
    roles = Copies.of(roles);
    config = Copies.of(config);
    dependsOn = Copies.of(dependsOn);
  }
}
