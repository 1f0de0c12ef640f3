package dev.provisioning.api.cluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.provisioning.api.Copies;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** A topology: pools and components with parameters. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value =
        "!has(self.components) || self.components.all(c, !has(c.nodePools) || c.nodePools.all(n, self.nodePools.exists(p, p.name == n)))",
    message = "a component runs on pools that are listed in nodePools",
    fieldPath = ".components")
@ValidationRule(
    value =
        "!has(self.components) || self.components.all(c, !has(c.dependsOn) || c.dependsOn.all(n, self.components.exists(o, o.name == n)))",
    message = "a component depends on components that are listed too",
    fieldPath = ".components")
@ValidationRule(
    value =
        "!has(self.defaults) || !has(self.defaults.scaledPool) || self.nodePools.exists(p, p.name == self.defaults.scaledPool)",
    message = "scaledPool is not the name of one of nodePools",
    fieldPath = ".defaults")
public record ClusterDefinitionSpec(
    @JsonPropertyDescription("What it is, in a sentence.") @Required @Size(min = 1, max = 1024)
        String description,
    @JsonPropertyDescription("What can be chosen.") Parameters parameters,
    @JsonPropertyDescription("Machines, pool by pool.") @Required @Size(min = 1, max = 32)
        List<PoolTemplate> nodePools,
    @JsonPropertyDescription("Services on them.") @Size(max = 64)
        List<ComponentTemplate> components,
    @JsonPropertyDescription("What a Cluster does unless it says otherwise.")
        ClusterDefaults defaults)
    implements ClusterDefinitionSpecBuilder.With {
  public ClusterDefinitionSpec {
    nodePools = Copies.of(nodePools);
    components = Copies.of(components);
  }
}
