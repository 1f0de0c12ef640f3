package dev.provisioning.api.taskserv;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.provisioning.api.Formats;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.ValidationRule;
import io.soabase.recordbuilder.core.RecordBuilder;

/** How a change goes over the machines. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value = "!has(self.canary) || (has(self.type) && self.type == 'Canary')",
    message = "canary belongs to strategy type Canary: set type: Canary, or leave canary out",
    fieldPath = ".canary")
public record Strategy(
    @JsonPropertyDescription("Rolling, Parallel or Canary. Default: Rolling.") StrategyType type,
    @JsonPropertyDescription("How many machines may change at once. Default: 1.") @Min(1) @Max(256)
        Integer maxUnavailable,
    @JsonPropertyDescription(
            "How long a changed machine must stay healthy before the next, like 30s. Default: 0s.")
        @Pattern(Formats.DURATION)
        String healthGate,
    @JsonPropertyDescription("After how many failed machines the change stops. Default: 1.")
        @Min(1)
        @Max(256)
        Integer stopAfterFailures,
    @JsonPropertyDescription("For type Canary: who goes first, and for how long.") Canary canary)
    implements StrategyBuilder.With {}
