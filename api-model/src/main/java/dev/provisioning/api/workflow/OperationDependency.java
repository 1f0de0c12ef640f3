package dev.provisioning.api.workflow;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.provisioning.api.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.soabase.recordbuilder.core.RecordBuilder;

/** An operation that comes first. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record OperationDependency(
    @JsonPropertyDescription("Name of the operation.") @Required @Pattern(Formats.NAME) String name,
    @JsonPropertyDescription(
            "Hard: it must have succeeded; Soft: it must be over, well or not. Default: Hard.")
        DependencyType type)
    implements OperationDependencyBuilder.With {}
