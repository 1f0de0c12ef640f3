package dev.provisioning.planning.workflow;

import dev.provisioning.api.workflow.BatchWorkflowSpec;
import dev.provisioning.api.workflow.BatchWorkflowStatus;
import dev.provisioning.planning.Ledger;
import dev.provisioning.planning.ResourceRef;
import java.time.Instant;
import java.util.Optional;

/** Everything a decision about a BatchWorkflow needs. */
public record WorkflowInput(
    ResourceRef ref,
    BatchWorkflowSpec spec,
    Optional<BatchWorkflowStatus> status,
    Surroundings around,
    Ledger ledger,
    Instant now) {}
