package dev.provisioning.api.taskserv;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.provisioning.api.Formats;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.soabase.recordbuilder.core.RecordBuilder;

/** The machines that try a change first. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Canary(
    @JsonPropertyDescription("How many. Default: 1.") @Min(1) @Max(256) Integer servers,
    @JsonPropertyDescription(
            "How long they must stay healthy before the others follow, like 5m. Default: 5m.")
        @Pattern(Formats.DURATION)
        String bake)
    implements CanaryBuilder.With {}
