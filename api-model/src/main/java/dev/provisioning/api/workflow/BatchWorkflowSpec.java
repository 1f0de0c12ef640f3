package dev.provisioning.api.workflow;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.provisioning.api.Copies;
import dev.provisioning.api.Formats;
import dev.provisioning.api.Mode;
import dev.provisioning.api.server.DeletionPolicy;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** What shall be done, in which order. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value = "size(self.operations) <= 2000",
    message = "a workflow has at most 2000 operations: split it into several BatchWorkflows",
    fieldPath = ".operations")
public record BatchWorkflowSpec(
    @JsonPropertyDescription("Name of the Workspace. Default: the only one of the namespace.")
        @Pattern(Formats.NAME)
        String workspace,
    @JsonPropertyDescription(
            "How many operations may run at once; limits.concurrentOperations of the Workspace holds too. Default: 5.")
        @Min(1)
        @Max(1000)
        Integer parallelism,
    @JsonPropertyDescription(
            "Who starts first: DependencyFirst the longest remaining chain, Fifo the first of the list, Priority the highest priority. Default: DependencyFirst.")
        SchedulingStrategy strategy,
    @JsonPropertyDescription(
            "Among the workflows of a Workspace: higher ones get places first, 0 to 100. Default: 50.")
        @Min(0)
        @Max(100)
        Integer priority,
    @JsonPropertyDescription(
            "After a failed operation: Stop starts no more, Continue goes on with what does not depend on it, Rollback takes everything back. Default: Stop.")
        FailureAction onFailure,
    @JsonPropertyDescription("How often an operation is tried; it may say otherwise itself.")
        RetryPolicy retry,
    @JsonPropertyDescription("The longest the whole may take, like 2h. Default: no limit.")
        @Pattern(Formats.DURATION)
        String timeout,
    @JsonPropertyDescription(
            "true starts nothing more; scripts that run are let finish. Default: false.")
        Boolean cancel,
    @JsonPropertyDescription("Takes operations back on demand.") RollbackRequest rollback,
    @JsonPropertyDescription("Goes on after a failure, a cancel or a rollback.")
        ResumeRequest resume,
    @JsonPropertyDescription(
            "How long after its end the BatchWorkflow is deleted, like 168h. Default: it is kept.")
        @Pattern(Formats.DURATION)
        String ttlAfterFinished,
    @JsonPropertyDescription(
            "What becomes of the resources that it made when the BatchWorkflow is deleted: Retain or Delete. Default: Retain.")
        DeletionPolicy deletionPolicy,
    @JsonPropertyDescription("The operations.") @Required @Size(min = 1, max = 2500)
        List<Operation> operations,
    @JsonPropertyDescription(
            "Apply has effects; Plan only validates and shows status.plan. Default: Apply.")
        Mode mode,
    @JsonPropertyDescription(
            "true starts nothing more, forwards or backwards, until it is false again. Default: false.")
        Boolean suspend)
    implements BatchWorkflowSpecBuilder.With {
  public BatchWorkflowSpec {
    operations = Copies.of(operations);
  }
}
