package dev.provisioning.api.server;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;

/** What the machine says of itself. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record FactsStatus(
    @JsonPropertyDescription("ID of os-release, like debian.") @Size(max = 63) String os,
    @JsonPropertyDescription("VERSION_ID of os-release, like 12.") @Size(max = 63) String version,
    @JsonPropertyDescription("amd64, arm64 …") @Size(max = 63) String architecture,
    @JsonPropertyDescription("Release of the kernel.") @Size(max = 253) String kernel,
    @JsonPropertyDescription("Cores that it sees.") @Min(0) Integer cores,
    @JsonPropertyDescription("Memory in MB.") @Min(0) Integer memoryMb,
    @JsonPropertyDescription("Size of the root file system in GB.") @Min(0) Integer diskGb,
    @JsonPropertyDescription("Whether systemd runs it.") Boolean systemd,
    @JsonPropertyDescription("Its machine-id.") @Size(max = 64) String machineId,
    @JsonPropertyDescription("Changes with every boot.") @Size(max = 64) String bootId)
    implements FactsStatusBuilder.With {}
