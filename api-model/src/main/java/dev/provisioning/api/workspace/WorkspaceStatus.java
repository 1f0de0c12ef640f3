package dev.provisioning.api.workspace;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.provisioning.api.Condition;
import dev.provisioning.api.Copies;
import dev.provisioning.api.FailedAction;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** What is known of a Workspace. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record WorkspaceStatus(
    @JsonPropertyDescription(
            "The generation of the spec that this status speaks of; -1 before the first look.")
        @Min(-1)
        Long observedGeneration,
    @JsonPropertyDescription("A summary for people; conditions are the contract.") Phase phase,
    @JsonPropertyDescription(
            "Ready, ProvidersReady, WithinLimits, Suspended; Reconciling and Stalled only while True.")
        @Size(max = 16)
        List<Condition> conditions,
    @JsonPropertyDescription("What its resources are together.") Usage usage,
    @JsonPropertyDescription("Whether each provider can be used.") @Size(max = 32)
        List<ProviderStatus> providers,
    @JsonPropertyDescription("Actions that failed and when they are tried again.") @Size(max = 16)
        List<FailedAction> failures,
    @JsonPropertyDescription(
            "The last value of the annotation provisioning.dev/reconcile-requested-at that was acted on.")
        @Size(max = 253)
        String lastHandledReconcileAt)
    implements WorkspaceStatusBuilder.With {
  public WorkspaceStatus {
    conditions = Copies.of(conditions);
    providers = Copies.of(providers);
    failures = Copies.of(failures);
  }
}
