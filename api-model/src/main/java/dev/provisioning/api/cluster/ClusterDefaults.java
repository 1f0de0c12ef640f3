package dev.provisioning.api.cluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.provisioning.api.Formats;
import dev.provisioning.api.OnFailure;
import io.fabric8.generator.annotation.Pattern;
import io.soabase.recordbuilder.core.RecordBuilder;

/** What a Cluster of this definition does unless it says otherwise. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ClusterDefaults(
    @JsonPropertyDescription("How changes go over the machines.") RolloutStrategy strategy,
    @JsonPropertyDescription("What to do about machines that stay broken.") Remediation remediation,
    @JsonPropertyDescription("Rollback or Retain, after a failed change.") OnFailure onFailure,
    @JsonPropertyDescription("Name of the pool that kubectl scale means.") @Pattern(Formats.NAME)
        String scaledPool)
    implements ClusterDefaultsBuilder.With {}
