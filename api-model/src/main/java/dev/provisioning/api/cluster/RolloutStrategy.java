package dev.provisioning.api.cluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.provisioning.api.Formats;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.ValidationRule;
import io.soabase.recordbuilder.core.RecordBuilder;

/** How changes go over the machines of a Cluster. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value =
        "!(has(self.maxSurge) && self.maxSurge == 0 && has(self.maxUnavailable) && self.maxUnavailable == 0)",
    message = "maxSurge and maxUnavailable cannot both be 0: nothing could ever change")
public record RolloutStrategy(
    @JsonPropertyDescription(
            "How many machines more than replicas there may be while machines are replaced. Default: 1.")
        @Min(0)
        @Max(100)
        Integer maxSurge,
    @JsonPropertyDescription("How many machines may be missing or changing at once. Default: 1.")
        @Min(0)
        @Max(100)
        Integer maxUnavailable,
    @JsonPropertyDescription(
            "How long changed machines and services must stay healthy before the next, like 30s. Default: 0s.")
        @Pattern(Formats.DURATION)
        String healthGate)
    implements RolloutStrategyBuilder.With {}
