package dev.provisioning.api.workflow;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.provisioning.api.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.ValidationRule;
import io.soabase.recordbuilder.core.RecordBuilder;

/** Time that passes, or something that becomes so. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value = "has(self.duration) != has(self.condition)",
    message = "say what is waited for: either a duration, or a condition of an object")
public record WaitOperation(
    @JsonPropertyDescription("How long, like 30s; 0s does nothing.") @Pattern(Formats.DURATION)
        String duration,
    @JsonPropertyDescription("What must be so.") WaitCondition condition)
    implements WaitOperationBuilder.With {}
