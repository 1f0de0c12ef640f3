package dev.provisioning.api.server;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.soabase.recordbuilder.core.RecordBuilder;

/** The size of a machine where no plan is named. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Resources(
    @JsonPropertyDescription("Virtual CPU cores, at least.") @Min(1) @Max(1024) Integer cores,
    @JsonPropertyDescription("Memory in GB, at least.") @Min(1) @Max(32768) Integer memoryGb)
    implements ResourcesBuilder.With {}
