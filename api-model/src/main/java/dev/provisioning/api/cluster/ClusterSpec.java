package dev.provisioning.api.cluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import dev.provisioning.api.Copies;
import dev.provisioning.api.DataPolicy;
import dev.provisioning.api.Formats;
import dev.provisioning.api.Mode;
import dev.provisioning.api.OnFailure;
import dev.provisioning.api.server.DeletionPolicy;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;

/** What machines and services make up the Cluster. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value = "has(self.definition) || (has(self.nodePools) && size(self.nodePools) > 0)",
    message = "say what the Cluster is made of: name a definition, or list nodePools",
    fieldPath = ".nodePools")
@ValidationRule(
    value = "!has(self.parameters) || has(self.definition)",
    message = "parameters belong to a definition: name it in definition, or leave parameters out",
    fieldPath = ".parameters")
@ValidationRule(
    value =
        "!has(self.scaledPool) || has(self.definition) || self.nodePools.exists(p, p.name == self.scaledPool)",
    message = "scaledPool is not the name of one of nodePools",
    fieldPath = ".scaledPool")
@ValidationRule(
    value =
        "has(self.definition) || !has(self.components) || self.components.all(c, !has(c.nodePools) || c.nodePools.all(n, self.nodePools.exists(p, p.name == n)))",
    message = "a component runs on pools that are listed in nodePools",
    fieldPath = ".components")
@ValidationRule(
    value =
        "has(self.definition) || !has(self.components) || self.components.all(c, !has(c.dependsOn) || c.dependsOn.all(n, self.components.exists(o, o.name == n)))",
    message = "a component depends on components that are listed too",
    fieldPath = ".components")
public record ClusterSpec(
    @JsonPropertyDescription("Name of the Workspace. Default: the only one of the namespace.")
        @Pattern(Formats.NAME)
        String workspace,
    @JsonPropertyDescription("Group inside the Workspace, one of its infras.")
        @Pattern(Formats.NAME)
        String infra,
    @JsonPropertyDescription(
            "Name of the ClusterDefinition whose pools and components are the base; looked for in the own namespace, then in the operator's.")
        @Pattern(Formats.NAME)
        String definition,
    @JsonPropertyDescription("Values for the definition's parameters, checked against its schema.")
        @PreserveUnknownFields
        @Size(max = 64)
        Map<String, JsonNode> parameters,
    @JsonPropertyDescription(
            "Machines, pool by pool; what is set here goes over the definition's pool of the same name.")
        @Size(max = 32)
        List<NodePool> nodePools,
    @JsonPropertyDescription(
            "Services; what is set here goes over the definition's component of the same name.")
        @Size(max = 64)
        List<Component> components,
    @JsonPropertyDescription(
            "Name of the pool that replicas, and so kubectl scale, means. Default: the last pool.")
        @Pattern(Formats.NAME)
        String scaledPool,
    @JsonPropertyDescription(
            "How many machines scaledPool has: over the pool's own replicas. Set by kubectl scale.")
        @Min(0)
        @Max(100)
        Integer replicas,
    @JsonPropertyDescription("How changes go over the machines.") RolloutStrategy strategy,
    @JsonPropertyDescription("What to do about machines that stay broken.") Remediation remediation,
    @JsonPropertyDescription(
            "Rollback puts machines and services back to what worked before, or takes away what a failed creation made; Retain leaves them. Default: Retain.")
        OnFailure onFailure,
    @JsonPropertyDescription(
            "Delete ends the machines with the Cluster; Retain lets them live. Default: Delete, and Retain for existing machines.")
        DeletionPolicy deletionPolicy,
    @JsonPropertyDescription("What becomes of the data when a service goes. Default: Retain.")
        DataPolicy dataPolicy,
    @JsonPropertyDescription(
            "true refuses deletion until it is set to false. Default: as the Workspace's policy says.")
        Boolean deletionProtection,
    @JsonPropertyDescription(
            "Apply has effects; Plan only validates and shows status.plan. Default: Apply.")
        Mode mode,
    @JsonPropertyDescription("true stops all effects; deletion still runs. Default: false.")
        Boolean suspend)
    implements ClusterSpecBuilder.With {
  public ClusterSpec {
    parameters = Copies.of(parameters);
    nodePools = Copies.of(nodePools);
    components = Copies.of(components);
  }
}
