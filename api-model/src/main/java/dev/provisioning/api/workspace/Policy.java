package dev.provisioning.api.workspace;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.provisioning.api.Copies;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** Rules for the resources of the Workspace. Absent: what the mode presets say. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value =
        "!has(self.requiredTags) || self.requiredTags.all(t, !t.startsWith('provisioning.dev/'))",
    message =
        "tags under provisioning.dev/ belong to the operator, and no Server may set them: require others",
    fieldPath = ".requiredTags")
public record Policy(
    @JsonPropertyDescription("Whether resources refuse deletion unless they say otherwise.")
        Boolean deletionProtection,
    @JsonPropertyDescription("Whether effects wait until the plan's hash is approved.")
        Boolean requireApproval,
    @JsonPropertyDescription("Tags that each Server must have.") @Size(max = 32)
        List<String> requiredTags,
    @JsonPropertyDescription("Whether disks of machines made from now on must be encrypted.")
        Boolean encryptedStorage,
    @JsonPropertyDescription("Whether only providers with certified: true may be used.")
        Boolean certifiedProvidersOnly,
    @JsonPropertyDescription(
            "When what serves may be disturbed: a machine that runs be stopped to resize it, or replaced; a service that is healthy be changed. All else happens at any time. With none: always.")
        @Size(max = 16)
        List<MaintenanceWindow> maintenanceWindows)
    implements PolicyBuilder.With {
  public Policy {
    requiredTags = Copies.of(requiredTags);
    maintenanceWindows = Copies.of(maintenanceWindows);
  }
}
