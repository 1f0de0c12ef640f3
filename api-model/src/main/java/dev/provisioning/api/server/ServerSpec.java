package dev.provisioning.api.server;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.provisioning.api.Copies;
import dev.provisioning.api.DriftPolicy;
import dev.provisioning.api.Formats;
import dev.provisioning.api.Mode;
import dev.provisioning.api.SshSpec;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;

/** What a machine shall be. Every field may also stand under defaults.server of its Workspace. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value = "!(has(self.plan) && has(self.resources))",
    message =
        "plan and resources exclude each other: name a plan of the provider, or say what the machine needs",
    fieldPath = ".plan")
@ValidationRule(
    value =
        "!has(self.management) || self.management != 'Observe' || has(self.adopt) || has(self.address)",
    message =
        "management Observe looks at a machine that exists: say which one with adopt.id or address",
    fieldPath = ".management")
@ValidationRule(
    value =
        "!has(self.management) || self.management != 'Observe' || !has(self.powerState) || self.powerState == 'Running'",
    message = "management Observe changes nothing on the machine: leave powerState out",
    fieldPath = ".powerState")
@ValidationRule(
    value =
        "!has(self.management) || self.management != 'Observe' || !has(self.deletionPolicy) || self.deletionPolicy == 'Retain'",
    message =
        "management Observe never ends a machine: say deletionPolicy: Retain, or leave it out",
    fieldPath = ".deletionPolicy")
@ValidationRule(
    value =
        "!has(self.recreate) || self.recreate != 'IfMissing' || !(has(self.adopt) || has(self.address))",
    message =
        "a machine that the operator did not make cannot be made again: leave recreate out, or adopt and address",
    fieldPath = ".recreate")
@ValidationRule(
    value = "!has(self.tags) || self.tags.all(k, !k.startsWith('provisioning.dev/'))",
    message = "tags under provisioning.dev/ belong to the operator: use another prefix",
    fieldPath = ".tags")
@ValidationRule(
    value = "!has(self.dns)",
    message = "this version makes no DNS records: take dns out",
    fieldPath = ".dns")
public record ServerSpec(
    @JsonPropertyDescription("Name of the Workspace. Default: the only one of the namespace.")
        @Pattern(Formats.NAME)
        String workspace,
    @JsonPropertyDescription("Group inside the Workspace, one of its infras.")
        @Pattern(Formats.NAME)
        String infra,
    @JsonPropertyDescription(
            "Name of one of the Workspace's providers. Default: its defaultProvider.")
        @Pattern(Formats.NAME)
        String provider,
    @JsonPropertyDescription("Host name of the machine. Default: the name of the Server.")
        @Pattern(Formats.NAME)
        String hostname,
    @JsonPropertyDescription(
            "The provider's own name for a size, like t3.medium; instead of resources.")
        @Pattern(Formats.FOREIGN_NAME)
        String plan,
    @JsonPropertyDescription(
            "The size to have at least: the cheapest plan that fits is taken. Default: 2 cores, 4 GB.")
        Resources resources,
    @JsonPropertyDescription(
            "Operating system: a portable name (debian-12, ubuntu-24.04, rocky-9) or the provider's id. Default: debian-12.")
        @Pattern(Formats.FOREIGN_NAME)
        String image,
    @JsonPropertyDescription(
            "The provider's zone, or auto to spread Servers over those that fit. Default: auto.")
        @Pattern(Formats.FOREIGN_NAME)
        String zone,
    @JsonPropertyDescription("Disks.") StorageSpec storage,
    @JsonPropertyDescription("Addresses, placement and firewall.") NetworkSpec network,
    @JsonPropertyDescription("How to log in.") SshSpec ssh,
    @JsonPropertyDescription(
            "For providers of type existing: name or address where the machine already is.")
        @Pattern(Formats.HOST)
        String address,
    @JsonPropertyDescription(
            "A machine that exists and shall be taken over; refused while somebody else owns it.")
        Adoption adopt,
    @JsonPropertyDescription(
            "Full: the operator makes the machine so; Observe: it only reports. Default: Full.")
        Management management,
    @JsonPropertyDescription("Running or Stopped. Default: Running.") PowerState powerState,
    @JsonPropertyDescription(
            "IfMissing makes a new machine when this one is gone; Never reports MachineNotFound. Default: Never.")
        Recreate recreate,
    @JsonPropertyDescription("Further cloud-init user data.") UserData userData,
    @JsonPropertyDescription("Tags of the machine at its provider.") @Size(max = 40)
        Map<String, String> tags,
    @JsonPropertyDescription("What to do about changes made outside the operator.")
        DriftPolicy drift,
    @JsonPropertyDescription("What to try, in order, when the provider has no capacity.")
        @Size(max = 16)
        List<Fallback> fallbacks,
    @JsonPropertyDescription(
            "Delete ends the machine with its Server; Retain lets it live. Default: Delete, and Retain for existing and adopted machines.")
        DeletionPolicy deletionPolicy,
    @JsonPropertyDescription("Whether data volumes outlive the machine. Default: false.")
        Boolean keepStorage,
    @JsonPropertyDescription(
            "true refuses deletion until it is set to false. Default: as the Workspace's policy says.")
        Boolean deletionProtection,
    @JsonPropertyDescription(
            "The name of the machine in DNS. This version makes no records and refuses it.")
        DnsSpec dns,
    @JsonPropertyDescription(
            "Apply has effects; Plan only validates and shows status.plan. Default: Apply.")
        Mode mode,
    @JsonPropertyDescription("true stops all effects; deletion still runs. Default: false.")
        Boolean suspend)
    implements ServerSpecBuilder.With {
  public ServerSpec {
    tags = Copies.of(tags);
    fallbacks = Copies.of(fallbacks);
  }
}
