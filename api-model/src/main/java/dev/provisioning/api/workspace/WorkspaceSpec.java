package dev.provisioning.api.workspace;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.provisioning.api.Copies;
import dev.provisioning.api.Formats;
import dev.provisioning.api.SshSpec;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** Providers, defaults, limits and policy for the resources of a namespace. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value =
        "!has(self.defaultProvider) || (has(self.providers) && self.providers.exists(p, p.name == self.defaultProvider))",
    message = "defaultProvider is not the name of one of providers: add it there, or name another",
    fieldPath = ".defaultProvider")
@ValidationRule(
    value = "!has(self.mirror)",
    message =
        "this version rewrites no addresses: take mirror out, and let machines find mirrors by their image or userData",
    fieldPath = ".mirror")
public record WorkspaceSpec(
    @JsonPropertyDescription(
            "Presets of limits and policy: Solo, MultiUser, CiCd or Enterprise. Default: Solo.")
        WorkspaceMode mode,
    @JsonPropertyDescription("What it is for. Default: Development.") Environment environment,
    @JsonPropertyDescription("Accounts with providers of machines.") @Size(max = 32)
        List<Provider> providers,
    @JsonPropertyDescription(
            "Name of the provider of Servers that name none. Default: the only one.")
        @Pattern(Formats.NAME)
        String defaultProvider,
    @JsonPropertyDescription("Named groups of resources.") @Size(max = 32) List<Infra> infras,
    @JsonPropertyDescription("What resources are under their own specs.") Defaults defaults,
    @JsonPropertyDescription("How much the resources may be together.") Limits limits,
    @JsonPropertyDescription("Rules for the resources.") Policy policy,
    @JsonPropertyDescription("How to log in to machines, under what a Server says.") SshSpec ssh,
    @JsonPropertyDescription(
            "Where an isolated network finds what services need. This version rewrites no addresses and refuses it.")
        Mirror mirror,
    @JsonPropertyDescription(
            "true stops all effects in the Workspace; deletion still runs. Default: false.")
        Boolean suspend)
    implements WorkspaceSpecBuilder.With {
  public WorkspaceSpec {
    providers = Copies.of(providers);
    infras = Copies.of(infras);
  }
}
