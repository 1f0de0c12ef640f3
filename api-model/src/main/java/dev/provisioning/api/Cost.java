package dev.provisioning.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.soabase.recordbuilder.core.RecordBuilder;

/** What something costs. Absent amounts are unknown, never zero. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Cost(
    @JsonPropertyDescription("Price per hour as a decimal text; absent when unknown.")
        @Pattern(Formats.MONEY)
        String hourly,
    @JsonPropertyDescription("Price per month as a decimal text; absent when unknown.")
        @Pattern(Formats.MONEY)
        String monthly,
    @JsonPropertyDescription("ISO 4217 code of the currency, like EUR.") @Pattern(Formats.CURRENCY)
        String currency)
    implements CostBuilder.With {}
