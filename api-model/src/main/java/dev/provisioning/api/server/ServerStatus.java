package dev.provisioning.api.server;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.provisioning.api.Condition;
import dev.provisioning.api.Copies;
import dev.provisioning.api.Cost;
import dev.provisioning.api.DriftEntry;
import dev.provisioning.api.FailedAction;
import dev.provisioning.api.Intent;
import dev.provisioning.api.PlanStatus;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** What is known of a machine. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ServerStatus(
    @JsonPropertyDescription(
            "The generation of the spec that this status speaks of; -1 before the first look.")
        @Min(-1)
        Long observedGeneration,
    @JsonPropertyDescription("A summary for people; conditions are the contract.") Phase phase,
    @JsonPropertyDescription(
            "Ready, MachineReady, Reachable, InSync, Suspended; Reconciling and Stalled only while True.")
        @Size(max = 16)
        List<Condition> conditions,
    @JsonPropertyDescription("The machine as its provider sees it.") MachineStatus machine,
    @JsonPropertyDescription("Its addresses.") @Size(max = 16) List<ServerAddress> addresses,
    @JsonPropertyDescription("Which machine of this Server it is, counted from 1.") @Min(0)
        Integer incarnation,
    @JsonPropertyDescription("The effect that was about to be started.") Intent intent,
    @JsonPropertyDescription("What the create request of this incarnation was resolved to.")
        ResolvedMachine resolved,
    @JsonPropertyDescription("What the machine was ordered as and last brought to.")
        AppliedState applied,
    @JsonPropertyDescription("Actions that failed and when they are tried again.") @Size(max = 16)
        List<FailedAction> failures,
    @JsonPropertyDescription("Fingerprints of the host keys that are accepted.") @Size(max = 8)
        List<String> hostKeys,
    @JsonPropertyDescription("The host key expected at first contact; gone afterwards.")
        BootstrapKey bootstrap,
    @JsonPropertyDescription("The first login to this machine.") FirstContact firstContact,
    @JsonPropertyDescription("What the machine says of itself.") FactsStatus facts,
    @JsonPropertyDescription("What the operator is going to do.") PlanStatus plan,
    @JsonPropertyDescription("What the machine costs now.") Cost cost,
    @JsonPropertyDescription(
            "What it counts in the limits of its Workspace, from the intent to have a machine on.")
        ServerUsage usage,
    @JsonPropertyDescription("Differences that appeared outside the operator.") @Size(max = 64)
        List<DriftEntry> drift,
    @JsonPropertyDescription(
            "The last value of the annotation provisioning.dev/reconcile-requested-at that was acted on.")
        @Size(max = 253)
        String lastHandledReconcileAt)
    implements ServerStatusBuilder.With {
  public ServerStatus {
    conditions = Copies.of(conditions);
    addresses = Copies.of(addresses);
    failures = Copies.of(failures);
    hostKeys = Copies.of(hostKeys);
    drift = Copies.of(drift);
  }
}
