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
import io.fabric8.generator.annotation.ValidationRule;
import io.soabase.recordbuilder.core.RecordBuilder;

/** A further disk, which can outlive the machine. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value =
        "!has(self.mountPath) || !self.mountPath.matches('^/((dev|proc|run|sys)(/.*)?|bin|boot|etc|lib|lib32|lib64|root|sbin|tmp|usr|var|var/lib)$')",
    message = "the system needs this directory: mount data in one of its own, like /srv/data",
    fieldPath = ".mountPath")
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
        @Pattern(Formats.MOUNT_PATH)
        String mountPath)
    implements DataVolumeBuilder.With {}
