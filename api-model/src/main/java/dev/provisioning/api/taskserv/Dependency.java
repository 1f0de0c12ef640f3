package dev.provisioning.api.taskserv;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.provisioning.api.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.soabase.recordbuilder.core.RecordBuilder;

/** Another TaskServ that comes first. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Dependency(
    @JsonPropertyDescription("Name of the TaskServ.") @Required @Pattern(Formats.NAME) String name,
    @JsonPropertyDescription("Whether it must be healthy, not only installed. Default: true.")
        Boolean waitForHealth)
    implements DependencyBuilder.With {}
