package dev.provisioning.api.server;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.provisioning.api.Formats;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;

/** A further disk, which can outlive the machine. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record DataVolume(
    @JsonPropertyDescription("Name of the volume, unique in this Server.")
        @Required
        @Pattern(Formats.NAME)
        String name,
    @JsonPropertyDescription("Size in GB; it can grow, never shrink.") @Required @Min(1) @Max(65536)
        Integer sizeGb,
    @JsonPropertyDescription("The provider's name for a kind of disk. Default: the provider's own.")
        @Size(max = 63)
        String type,
    @JsonPropertyDescription("Where the machine mounts it; absent: not mounted.")
        @Pattern(Formats.ABSOLUTE_PATH)
        String mountPath)
    implements DataVolumeBuilder.With {}
