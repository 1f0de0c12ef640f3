package dev.provisioning.api.workflow;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.provisioning.api.Condition;
import dev.provisioning.api.Copies;
import dev.provisioning.api.PlanStatus;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** What is known of a workflow; also the record from which it goes on after a crash. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record BatchWorkflowStatus(
    @JsonPropertyDescription(
            "The generation of the spec that this status speaks of; -1 before the first look.")
        @Min(-1)
        Long observedGeneration,
    @JsonPropertyDescription("A summary for people; conditions are the contract.") Phase phase,
    @JsonPropertyDescription(
            "Ready, Succeeded, Suspended; Reconciling and Stalled only while True.")
        @Size(max = 16)
        List<Condition> conditions,
    @JsonPropertyDescription("How far it is.") WorkflowProgress progress,
    @JsonPropertyDescription("The operations, in the order of the spec.") @Size(max = 2500)
        List<OperationStatus> operations,
    @JsonPropertyDescription("The running or last rollback.") RollbackStatus rollback,
    @JsonPropertyDescription("Hash of the last order to roll back that was acted on.")
        @Size(max = 64)
        String handledRollback,
    @JsonPropertyDescription("The last resume.token that was acted on.") @Size(max = 63)
        String handledResume,
    @JsonPropertyDescription("What the operator is going to do.") PlanStatus plan,
    @JsonPropertyDescription(
            "The last value of the annotation provisioning.dev/reconcile-requested-at that was acted on.")
        @Size(max = 253)
        String lastHandledReconcileAt)
    implements BatchWorkflowStatusBuilder.With {
  public BatchWorkflowStatus {
    conditions = Copies.of(conditions);
    operations = Copies.of(operations);
  }
}
