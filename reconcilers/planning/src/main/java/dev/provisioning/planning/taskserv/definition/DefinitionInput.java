package dev.provisioning.planning.taskserv.definition;

import dev.provisioning.api.taskserv.TaskServDefinitionSpec;
import dev.provisioning.api.taskserv.TaskServDefinitionStatus;
import dev.provisioning.planning.ResourceRef;
import java.time.Instant;
import java.util.Optional;

/** A definition as it stands. */
public record DefinitionInput(
    ResourceRef ref,
    TaskServDefinitionSpec spec,
    Optional<TaskServDefinitionStatus> status,
    Instant now) {}
