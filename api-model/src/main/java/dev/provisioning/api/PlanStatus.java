package dev.provisioning.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** What the operator is going to do, as a value with a name. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record PlanStatus(
    @JsonPropertyDescription(
            "Name of this plan. Approve exactly this plan with the annotation provisioning.dev/approve-plan.")
        @Size(max = 64)
        String hash,
    @JsonPropertyDescription("The actions, in order.") @Size(max = 512) List<PlannedAction> actions,
    @JsonPropertyDescription("What the resource costs once the plan is carried out.") Cost cost,
    @JsonPropertyDescription("Whether this plan was approved, where approval is required.")
        Boolean approved)
    implements PlanStatusBuilder.With {
  public PlanStatus {
    actions = Copies.of(actions);
  }
}
