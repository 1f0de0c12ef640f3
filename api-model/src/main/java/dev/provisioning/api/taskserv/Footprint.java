package dev.provisioning.api.taskserv;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.soabase.recordbuilder.core.RecordBuilder;

/** What the service needs on a machine. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Footprint(
    @JsonPropertyDescription("Memory in MB.") @Min(0) @Max(33554432) Integer memoryMb,
    @JsonPropertyDescription("Free disk in GB.") @Min(0) @Max(65536) Integer diskGb,
    @JsonPropertyDescription("Cores.") @Min(0) @Max(1024) Integer cores)
    implements FootprintBuilder.With {}
