package dev.provisioning.api.taskserv;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import dev.provisioning.api.Copies;
import dev.provisioning.api.DataPolicy;
import dev.provisioning.api.Formats;
import dev.provisioning.api.Mode;
import dev.provisioning.api.OnFailure;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;

/**
 * What service shall run on which machines. Fields may also stand under defaults.taskServs of the
 * Workspace.
 */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record TaskServSpec(
    @JsonPropertyDescription("Name of the Workspace. Default: the only one of the namespace.")
        @Pattern(Formats.NAME)
        String workspace,
    @JsonPropertyDescription("Group inside the Workspace, one of its infras.")
        @Pattern(Formats.NAME)
        String infra,
    @JsonPropertyDescription(
            "Name of the TaskServDefinition; looked for in the own namespace, then in the"
                + " operator's. Default: the name of the TaskServ.")
        @Pattern(Formats.NAME)
        String definition,
    @JsonPropertyDescription(
            "An exact version in quotes like \"7.0\", a range like >=15 <17 or ^3.5, or latest."
                + " Default: the definition's default version.")
        @Pattern(Formats.VERSION)
        String version,
    @JsonPropertyDescription("The machines it runs on.") @Required Targets servers,
    @JsonPropertyDescription("Name of a set of values in the definition, like production.")
        @Pattern(Formats.NAME)
        String profile,
    @JsonPropertyDescription("Values of the service, checked against the definition's schema.")
        @PreserveUnknownFields
        @Size(max = 256)
        Map<String, JsonNode> config,
    @JsonPropertyDescription("TaskServs that come first, beside what the definition requires.")
        @Size(max = 64)
        List<Dependency> dependsOn,
    @JsonPropertyDescription(
            "Require: a missing requirement is an error of the plan; Install: it is planned too."
                + " Default: Require.")
        Dependencies dependencies,
    @JsonPropertyDescription("How a change goes over the machines.") Strategy strategy,
    @JsonPropertyDescription(
            "Rollback puts the previous version and configuration back on all machines that were"
                + " touched; Retain leaves them. Default: Retain.")
        OnFailure onFailure,
    @JsonPropertyDescription("What becomes of the data on uninstall. Default: Retain.")
        DataPolicy dataPolicy,
    @JsonPropertyDescription(
            "true refuses deletion until it is set to false. Default: as the Workspace's policy"
                + " says.")
        Boolean deletionProtection,
    @JsonPropertyDescription(
            "What to do about packages, files and units changed outside the operator.")
        HostDriftPolicy drift,
    @JsonPropertyDescription("Limits of time.") Timeouts timeouts,
    @JsonPropertyDescription(
            "Apply has effects; Plan only validates and shows status.plan. Default: Apply.")
        Mode mode,
    @JsonPropertyDescription("true stops all effects; deletion still runs. Default: false.")
        Boolean suspend)
    implements TaskServSpecBuilder.With {
  public TaskServSpec {
    config = Copies.of(config);
    dependsOn = Copies.of(dependsOn);
  }
}
