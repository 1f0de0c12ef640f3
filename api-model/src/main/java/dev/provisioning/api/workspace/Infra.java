package dev.provisioning.api.workspace;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.provisioning.api.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.soabase.recordbuilder.core.RecordBuilder;

/** A named group of resources inside the Workspace. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Infra(
    @JsonPropertyDescription("Name of the group, unique in the Workspace.")
        @Required
        @Pattern(Formats.NAME)
        String name,
    @JsonPropertyDescription(
            "What its resources are under their own specs, above the Workspace's defaults.")
        Defaults defaults)
    implements InfraBuilder.With {}
