package dev.provisioning.api.server;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.provisioning.api.Formats;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.soabase.recordbuilder.core.RecordBuilder;

/** What a Server counts in the limits of its Workspace. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ServerUsage(
    @JsonPropertyDescription("Cores.") @Min(0) Integer cores,
    @JsonPropertyDescription("Memory in GB.") @Min(0) Integer memoryGb,
    @JsonPropertyDescription("Disks in GB.") @Min(0) Integer storageGb,
    @JsonPropertyDescription("Price per month as a decimal text; absent while it is unknown.")
        @Pattern(Formats.MONEY)
        String monthlyCost)
    implements ServerUsageBuilder.With {}
