package dev.provisioning.api.workspace;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.provisioning.api.Formats;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;

/** Quota that one resource holds. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Reservation(
    @JsonPropertyDescription("Uid of the resource.") @Required @Size(max = 63) String uid,
    @JsonPropertyDescription("Name of the resource.") @Size(max = 253) String name,
    @JsonPropertyDescription("Cores.") @Min(0) Integer cores,
    @JsonPropertyDescription("Memory in GB.") @Min(0) Integer memoryGb,
    @JsonPropertyDescription("Disks in GB.") @Min(0) Integer storageGb,
    @JsonPropertyDescription("Price per month as a decimal text.") @Pattern(Formats.MONEY)
        String monthlyCost,
    @JsonPropertyDescription("When it was reserved.") Instant at)
    implements ReservationBuilder.With {}
