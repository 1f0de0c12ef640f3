package dev.provisioning.api.workflow;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.provisioning.api.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.soabase.recordbuilder.core.RecordBuilder;

/** A resource that goes. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record DeleteOperation(
    @JsonPropertyDescription("Server, TaskServ or Cluster.") @Required ChildKind kind,
    @JsonPropertyDescription("Name of the resource.") @Required @Pattern(Formats.NAME) String name)
    implements DeleteOperationBuilder.With {}
