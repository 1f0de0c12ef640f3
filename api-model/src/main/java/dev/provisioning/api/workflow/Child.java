package dev.provisioning.api.workflow;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;

/** A resource that an operation made or changed. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Child(
    @JsonPropertyDescription("Server, TaskServ or Cluster.") @Required ChildKind kind,
    @JsonPropertyDescription("Name of the resource.") @Required @Size(max = 63) String name,
    @JsonPropertyDescription("Whether the workflow made it; absent: it was there before.")
        Boolean created)
    implements ChildBuilder.With {}
