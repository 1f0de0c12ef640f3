package dev.provisioning.api.workspace;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.provisioning.api.Formats;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.soabase.recordbuilder.core.RecordBuilder;

/** What the resources of the Workspace are together. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Usage(
    @JsonPropertyDescription("Servers.") @Min(0) Integer servers,
    @JsonPropertyDescription("Cores.") @Min(0) Integer cores,
    @JsonPropertyDescription("Memory in GB.") @Min(0) Integer memoryGb,
    @JsonPropertyDescription("Disks in GB.") @Min(0) Integer storageGb,
    @JsonPropertyDescription("Price per month as a decimal text; unknown prices are not in it.")
        @Pattern(Formats.MONEY)
        String monthlyCost,
    @JsonPropertyDescription("ISO 4217 code of monthlyCost.") @Pattern(Formats.CURRENCY)
        String currency)
    implements UsageBuilder.With {}
