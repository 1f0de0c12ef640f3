package dev.provisioning.api.workflow;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;

/** An order to go on. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ResumeRequest(
    @JsonPropertyDescription(
            "Any new text: failed, skipped, cancelled and rolled back operations are tried again, or a stopped rollback goes on. Succeeded ones are never run again.")
        @Required
        @Size(min = 1, max = 63)
        String token)
    implements ResumeRequestBuilder.With {}
