package dev.provisioning.api.workflow;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.provisioning.api.Copies;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** A person who says yes. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value =
        "!has(self.approvers) || self.approvers.all(a, a.startsWith('user:') || a.startsWith('group:'))",
    message = "an approver is user:<name> or group:<name>, like group:release",
    fieldPath = ".approvers")
public record ApprovalOperation(
    @JsonPropertyDescription(
            "What is asked. Answer with the annotation approve.provisioning.dev/<operation>, yes or no; after a resume yes/<token> or no/<token>.")
        @Required
        @Size(min = 1, max = 512)
        String message,
    @JsonPropertyDescription(
            "Who may answer: user:<name> or group:<name>; the policy of the chart holds people to it. Absent: whoever may change the BatchWorkflow.")
        @Size(max = 16)
        List<String> approvers)
    implements ApprovalOperationBuilder.With {
  public ApprovalOperation {
    approvers = Copies.of(approvers);
  }
}
