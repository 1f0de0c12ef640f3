package dev.provisioning.api.workspace;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.provisioning.api.Formats;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.ValidationRule;
import io.soabase.recordbuilder.core.RecordBuilder;

/** How much the resources of the Workspace may be together. Absent: no limit. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value = "!has(self.monthlyCost) || has(self.currency)",
    message = "monthlyCost needs a currency, like EUR",
    fieldPath = ".currency")
public record Limits(
    @JsonPropertyDescription("Servers.") @Min(0) @Max(100000) Integer servers,
    @JsonPropertyDescription("Cores.") @Min(0) @Max(1000000) Integer cores,
    @JsonPropertyDescription("Memory in GB.") @Min(0) @Max(10000000) Integer memoryGb,
    @JsonPropertyDescription("Disks in GB.") @Min(0) @Max(100000000) Integer storageGb,
    @JsonPropertyDescription("Price per month as a decimal text, like 500.00.")
        @Pattern(Formats.MONEY)
        String monthlyCost,
    @JsonPropertyDescription("ISO 4217 code of monthlyCost, like EUR.") @Pattern(Formats.CURRENCY)
        String currency,
    @JsonPropertyDescription("Effects under way at once.") @Min(1) @Max(10000)
        Integer concurrentOperations)
    implements LimitsBuilder.With {}
