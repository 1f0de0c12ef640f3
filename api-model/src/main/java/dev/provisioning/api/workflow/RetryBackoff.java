package dev.provisioning.api.workflow;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.provisioning.api.Formats;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.soabase.recordbuilder.core.RecordBuilder;

/** How the waits between tries grow. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record RetryBackoff(
    @JsonPropertyDescription("Wait after the first failure, like 1s. Default: 1s.")
        @Pattern(Formats.DURATION)
        String initial,
    @JsonPropertyDescription("How many times longer each wait is than the one before. Default: 2.")
        @Min(1)
        @Max(10)
        Integer factor,
    @JsonPropertyDescription("The longest wait, like 5m. Default: 5m.") @Pattern(Formats.DURATION)
        String max)
    implements RetryBackoffBuilder.With {}
