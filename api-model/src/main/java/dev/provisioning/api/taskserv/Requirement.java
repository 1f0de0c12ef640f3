package dev.provisioning.api.taskserv;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.provisioning.api.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;

/** Another service, by the name of its definition or by what it provides. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Requirement(
    @JsonPropertyDescription(
            "Name of a definition, or of something that definitions provide, like cri.")
        @Required
        @Pattern(Formats.NAME)
        String name,
    @JsonPropertyDescription("Range of versions, like >=1.7. Default: all.")
        @Pattern(Formats.VERSION)
        String version,
    @JsonPropertyDescription("Whether it must be healthy, not only installed. Default: true.")
        Boolean waitForHealth,
    @JsonPropertyDescription("Why, in a sentence for people.") @Size(max = 512) String message)
    implements RequirementBuilder.With {}
