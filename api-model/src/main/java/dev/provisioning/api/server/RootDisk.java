package dev.provisioning.api.server;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;

/** The disk with the operating system. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record RootDisk(
    @JsonPropertyDescription("Size in GB. Default: 25.") @Min(1) @Max(65536) Integer sizeGb,
    @JsonPropertyDescription(
            "The provider's name for a kind of disk, like ssd. Default: the provider's own.")
        @Size(max = 63)
        String type,
    @JsonPropertyDescription(
            "Whether the provider encrypts it. Default: true where Workspace policy encryptedStorage is on.")
        Boolean encrypted)
    implements RootDiskBuilder.With {}
