package dev.provisioning.api.workflow;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.provisioning.api.ConditionStatus;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;

/** A condition of an object in the same namespace. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record WaitCondition(
    @JsonPropertyDescription("API version of the object. Default: provisioning.dev/v1alpha1.")
        @Size(min = 1, max = 253)
        String apiVersion,
    @JsonPropertyDescription("Kind of the object, like Server or Deployment.")
        @Required
        @Size(min = 1, max = 63)
        String kind,
    @JsonPropertyDescription("Name of the object.") @Required @Size(min = 1, max = 253) String name,
    @JsonPropertyDescription("Type of the condition. Default: Ready.") @Size(min = 1, max = 63)
        String type,
    @JsonPropertyDescription("True, False or Unknown. Default: True.") ConditionStatus status)
    implements WaitConditionBuilder.With {}
