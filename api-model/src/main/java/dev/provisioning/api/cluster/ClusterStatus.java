package dev.provisioning.api.cluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.provisioning.api.Condition;
import dev.provisioning.api.Copies;
import dev.provisioning.api.Cost;
import dev.provisioning.api.FailedAction;
import dev.provisioning.api.Intent;
import dev.provisioning.api.PlanStatus;
import dev.provisioning.api.SecretRef;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;

/** What is known of a Cluster. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ClusterStatus(
    @JsonPropertyDescription(
            "The generation of the spec that this status speaks of; -1 before the first look.")
        @Min(-1)
        Long observedGeneration,
    @JsonPropertyDescription("A summary for people; conditions are the contract.") Phase phase,
    @JsonPropertyDescription(
            "Ready, MembersReady, ComponentsReady, RolloutComplete, Suspended; Reconciling and"
                + " Stalled only while True.")
        @Size(max = 16)
        List<Condition> conditions,
    @JsonPropertyDescription("Percent of the way to what is wanted.") @Min(0) @Max(100)
        Integer progress,
    @JsonPropertyDescription("Ready machines of all, like 5/6.") @Size(max = 16) String ready,
    @JsonPropertyDescription("Machines of the pool that kubectl scale means.") @Min(0)
        Integer replicas,
    @JsonPropertyDescription("Label selector of the Servers of the pool that kubectl scale means.")
        @Size(max = 253)
        String selector,
    @JsonPropertyDescription(
            "Pools and components in the order of creation; deletion walks them in reverse.")
        @Size(max = 96)
        List<GraphNode> graph,
    @JsonPropertyDescription("The machines.") @Size(max = 512) List<MemberStatus> members,
    @JsonPropertyDescription("The services.") @Size(max = 64) List<ComponentStatus> components,
    @JsonPropertyDescription("Where the services answer.") @Size(max = 64) List<Endpoint> endpoints,
    @JsonPropertyDescription("Secret with a kubeconfig, where a component makes one.")
        SecretRef kubeconfigSecretRef,
    @JsonPropertyDescription("What the operator is going to do.") PlanStatus plan,
    @JsonPropertyDescription("What the machines cost now.") Cost cost,
    @JsonPropertyDescription("Effects that were about to be started.") @Size(max = 256)
        List<Intent> intents,
    @JsonPropertyDescription("Actions that failed and when they are tried again.") @Size(max = 256)
        List<FailedAction> failures,
    @JsonPropertyDescription(
            "Since when everything is healthy after the last change of this rollout.")
        Instant healthySince,
    @JsonPropertyDescription("The revision that is wanted.") @Size(max = 64) String revision,
    @JsonPropertyDescription("The last revision that was reached with everything healthy.")
        Revision lastGood,
    @JsonPropertyDescription(
            "Name of what was approved, where approval is required, until it is reached or given up: the revision with the policies beside it.")
        @Size(max = 64)
        String approvedRevision,
    @JsonPropertyDescription(
            "The last approval whose revision was reached or given up. It approves nothing more: the same plan has another hash from then on.")
        @Size(max = 64)
        String usedApproval,
    @JsonPropertyDescription(
            "The revision that failed; it is tried again after a change of the spec or a requested"
                + " reconcile.")
        Rejected rejected,
    @JsonPropertyDescription(
            "The last value of the annotation provisioning.dev/reconcile-requested-at that was"
                + " acted on.")
        @Size(max = 253)
        String lastHandledReconcileAt)
    implements ClusterStatusBuilder.With {
  public ClusterStatus {
    conditions = Copies.of(conditions);
    graph = Copies.of(graph);
    members = Copies.of(members);
    components = Copies.of(components);
    endpoints = Copies.of(endpoints);
    intents = Copies.of(intents);
    failures = Copies.of(failures);
  }
}
