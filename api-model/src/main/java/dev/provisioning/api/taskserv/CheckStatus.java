package dev.provisioning.api.taskserv;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;

/** The last answer to one health check. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record CheckStatus(
    @JsonPropertyDescription("Name of the check.") @Required @Size(max = 63) String name,
    @JsonPropertyDescription("Whether it succeeded.") Boolean ok,
    @JsonPropertyDescription("Last line of its output when it failed.") @Size(max = 512)
        String message,
    @JsonPropertyDescription(
            "true while nobody can be asked, since the machine itself does not answer.")
        Boolean silent)
    implements CheckStatusBuilder.With {}
