package dev.provisioning.api.workflow;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.provisioning.api.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import io.soabase.recordbuilder.core.RecordBuilder;

/** Another version of something that exists. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value = "has(self.taskServ) != has(self.cluster)",
    message = "say what is upgraded: either taskServ or cluster, with its name")
@ValidationRule(
    value = "!has(self.component) || has(self.cluster)",
    message = "component belongs to cluster: leave it out for a taskServ",
    fieldPath = ".component")
public record UpgradeOperation(
    @JsonPropertyDescription("Name of the TaskServ.") @Pattern(Formats.NAME) String taskServ,
    @JsonPropertyDescription("Name of the Cluster.") @Pattern(Formats.NAME) String cluster,
    @JsonPropertyDescription(
            "Name of the component of the Cluster, needed where it has several. Default: the only one it has.")
        @Pattern(Formats.NAME)
        String component,
    @JsonPropertyDescription("An exact version, a range like >=15 <17 or ^3.5, or latest.")
        @Required
        @Pattern(Formats.VERSION)
        String version)
    implements UpgradeOperationBuilder.With {}
