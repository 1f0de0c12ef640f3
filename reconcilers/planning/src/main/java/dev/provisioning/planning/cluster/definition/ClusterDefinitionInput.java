package dev.provisioning.planning.cluster.definition;

import dev.provisioning.api.cluster.ClusterDefinitionSpec;
import dev.provisioning.api.cluster.ClusterDefinitionStatus;
import dev.provisioning.planning.ResourceRef;
import java.time.Instant;
import java.util.Optional;

/** A definition as it stands. */
public record ClusterDefinitionInput(
    ResourceRef ref,
    ClusterDefinitionSpec spec,
    Optional<ClusterDefinitionStatus> status,
    Instant now) {}
