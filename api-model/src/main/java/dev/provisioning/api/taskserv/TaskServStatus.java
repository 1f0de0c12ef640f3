package dev.provisioning.api.taskserv;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.provisioning.api.Condition;
import dev.provisioning.api.Copies;
import dev.provisioning.api.FailedAction;
import dev.provisioning.api.Intent;
import dev.provisioning.api.PlanStatus;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** What is known of a service. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record TaskServStatus(
    @JsonPropertyDescription(
            "The generation of the spec that this status speaks of; -1 before the first look.")
        @Min(-1)
        Long observedGeneration,
    @JsonPropertyDescription("A summary for people; conditions are the contract.") Phase phase,
    @JsonPropertyDescription(
            "Ready, Healthy, DependenciesReady, UpToDate, InSync, Suspended; Reconciling and"
                + " Stalled only while True.")
        @Size(max = 16)
        List<Condition> conditions,
    @JsonPropertyDescription("Percent of the running change.") @Min(0) @Max(100) Integer progress,
    @JsonPropertyDescription("Ready machines of all, like 2/3.") @Size(max = 16) String ready,
    @JsonPropertyDescription("Version on all machines.") @Size(max = 128) String installedVersion,
    @JsonPropertyDescription("What spec.version was resolved to.") @Size(max = 128)
        String desiredVersion,
    @JsonPropertyDescription(
            "The newest version that the definition knows or its versionSource announces.")
        @Size(max = 128)
        String availableVersion,
    @JsonPropertyDescription("Whether availableVersion is greater than installedVersion.")
        Boolean updateAvailable,
    @JsonPropertyDescription("Hash of the effective configuration.") @Size(max = 64)
        String configHash,
    @JsonPropertyDescription("Hash of the definition that was used.") @Size(max = 64)
        String definitionHash,
    @JsonPropertyDescription("Name of the Server on which steps with runOn Leader run.")
        @Size(max = 63)
        String leader,
    @JsonPropertyDescription("Fencing number of the operator that writes to the machines.") @Min(0)
        Long epoch,
    @JsonPropertyDescription("The service on each machine.") @Size(max = 256)
        List<MemberStatus> servers,
    @JsonPropertyDescription("Effects that were about to be started.") @Size(max = 256)
        List<Intent> intents,
    @JsonPropertyDescription("Actions that failed and when they are tried again.") @Size(max = 256)
        List<FailedAction> failures,
    @JsonPropertyDescription("Values made on one machine for the others.") @Size(max = 64)
        List<ExportStatus> exports,
    @JsonPropertyDescription(
            "Ports on which its machines answer others, as the configuration that they have makes them.")
        @Size(max = 32)
        List<OpenPort> ports,
    @JsonPropertyDescription("What the operator is going to do.") PlanStatus plan,
    @JsonPropertyDescription(
            "What stops nothing and should be known: ports that clash, versions without fixes,"
                + " services that are recommended.")
        @Size(max = 16)
        List<String> warnings,
    @JsonPropertyDescription("Differences that appeared outside the operator.") @Size(max = 64)
        List<MemberDrift> drift,
    @JsonPropertyDescription("What ran well on all machines before the running change.")
        Revision lastGood,
    @JsonPropertyDescription(
            "The version and configuration that failed and was rolled back; it is tried again after"
                + " a change of the spec or the definition, or a requested reconcile.")
        HistoryEntry rejected,
    @JsonPropertyDescription(
            "The approval of what failed and was rolled back. It approves nothing more: the same plan has another hash from then on.")
        @Size(max = 64)
        String usedApproval,
    @JsonPropertyDescription("The last ten versions and configurations.") @Size(max = 10)
        List<HistoryEntry> history,
    @JsonPropertyDescription(
            "The last value of the annotation provisioning.dev/reconcile-requested-at that was"
                + " acted on.")
        @Size(max = 253)
        String lastHandledReconcileAt)
    implements TaskServStatusBuilder.With {
  public TaskServStatus {
    conditions = Copies.of(conditions);
    servers = Copies.of(servers);
    intents = Copies.of(intents);
    failures = Copies.of(failures);
    exports = Copies.of(exports);
    ports = Copies.of(ports);
    warnings = Copies.of(warnings);
    drift = Copies.of(drift);
    history = Copies.of(history);
  }
}
