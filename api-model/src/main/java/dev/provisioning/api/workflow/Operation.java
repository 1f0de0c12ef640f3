package dev.provisioning.api.workflow;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
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

/** One thing to do. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value =
        "[has(self.server), has(self.servers), has(self.taskServ), has(self.cluster), has(self.delete), has(self.upgrade), has(self.scale), has(self.script), has(self.approval), has(self.wait)].filter(given, given).size() == 1",
    message =
        "an operation does exactly one thing: give one of server, servers, taskServ, cluster, delete, upgrade, scale, script, approval or wait")
@ValidationRule(
    value = "!has(self.dependsOn) || self.dependsOn.all(d, d.name != self.name)",
    message = "an operation cannot depend on itself: take it out of dependsOn",
    fieldPath = ".dependsOn")
@ValidationRule(
    value = "!has(self.target) || has(self.server) || has(self.taskServ) || has(self.cluster)",
    message = "target names what server, taskServ or cluster makes or changes: leave it out here",
    fieldPath = ".target")
public record Operation(
    @JsonPropertyDescription("Name of the operation.") @Required @Pattern(Formats.NAME) String name,
    @JsonPropertyDescription("Operations that come first.") @Size(max = 64)
        List<OperationDependency> dependsOn,
    @JsonPropertyDescription(
            "With strategy Priority: higher ones start first, 0 to 100. Default: 50.")
        @Min(0)
        @Max(100)
        Integer priority,
    @JsonPropertyDescription(
            "Name of the Server, TaskServ or Cluster that is made, or changed if it exists. Default: the name of the operation.")
        @Pattern(Formats.NAME)
        String target,
    @JsonPropertyDescription("A machine: the spec of a Server.")
        @PreserveUnknownFields
        @Size(max = 64)
        @JsonInclude(JsonInclude.Include.NON_NULL)
        Map<String, JsonNode> server,
    @JsonPropertyDescription("Several machines alike.") ServersOperation servers,
    @JsonPropertyDescription("A service on machines: the spec of a TaskServ.")
        @PreserveUnknownFields
        @Size(max = 64)
        @JsonInclude(JsonInclude.Include.NON_NULL)
        Map<String, JsonNode> taskServ,
    @JsonPropertyDescription("Machines and services as one: the spec of a Cluster.")
        @PreserveUnknownFields
        @Size(max = 64)
        @JsonInclude(JsonInclude.Include.NON_NULL)
        Map<String, JsonNode> cluster,
    @JsonPropertyDescription("Deletes a resource and waits until it is gone; irreversible.")
        DeleteOperation delete,
    @JsonPropertyDescription("Brings a TaskServ or a Cluster to another version.")
        UpgradeOperation upgrade,
    @JsonPropertyDescription("Gives a node pool of a Cluster another number of machines.")
        ScaleOperation scale,
    @JsonPropertyDescription("Runs a script on machines.") ScriptOperation script,
    @JsonPropertyDescription("Waits until a person says yes.") ApprovalOperation approval,
    @JsonPropertyDescription("Waits for a time or for a condition of an object.")
        @JsonProperty("wait")
        WaitOperation waiting,
    @JsonPropertyDescription(
            "The longest one try may take, like 60m. Default: 60m; for a wait of a duration, that duration and 60m; none for an approval.")
        @Pattern(Formats.DURATION)
        String timeout,
    @JsonPropertyDescription("How often it is tried. Default: as the workflow says.")
        RetryPolicy retry)
    implements OperationBuilder.With {
  public Operation {
    dependsOn = Copies.of(dependsOn);
    server = copy(server);
    taskServ = copy(taskServ);
    cluster = copy(cluster);
  }

  /** An absent spec is not an empty one: it tells of which type the operation is. */
  private static Map<String, JsonNode> copy(Map<String, JsonNode> spec) {
    return spec == null ? null : Copies.of(spec);
  }
}
