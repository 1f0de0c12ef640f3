package dev.provisioning.api.workspace;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.provisioning.api.Copies;
import dev.provisioning.api.Formats;
import dev.provisioning.api.SecretRef;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Map;

/** An account with a provider of machines. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value = "!(self.type in ['upcloud', 'hetzner']) || has(self.credentialsSecretRef)",
    message =
        "a provider of type upcloud or hetzner needs credentialsSecretRef: it has no ambient identity",
    fieldPath = ".credentialsSecretRef")
@ValidationRule(
    value =
        "!(self.type in ['local', 'existing', 'simulated'])"
            + " || (!has(self.region) && !has(self.rateLimit) && !has(self.timeout))",
    message =
        "region, rateLimit and timeout are a cloud's: local, existing and simulated have none; take them out")
public record Provider(
    @JsonPropertyDescription("Name of this entry, unique in the Workspace.")
        @Required
        @Pattern(Formats.NAME)
        String name,
    @JsonPropertyDescription("Which adapter talks to it.") @Required ProviderType type,
    @JsonPropertyDescription(
            "Secret with the credentials. Absent: the ambient identity of the operator.")
        SecretRef credentialsSecretRef,
    @JsonPropertyDescription("The provider's region.") @Size(min = 1, max = 63) String region,
    @JsonPropertyDescription(
            "Another address of its API: a private cloud, an emulator, a container engine's socket.")
        @Pattern(Formats.ENDPOINT)
        String endpoint,
    @JsonPropertyDescription("The longest one call may take, like 30s. Default: 30s.")
        @Pattern(Formats.TIME_SPAN)
        String timeout,
    @JsonPropertyDescription("How often it may be called. Default: what the provider publishes.")
        RateLimit rateLimit,
    @JsonPropertyDescription(
            "Whether it may be used where policy certifiedProvidersOnly is on. Default: false.")
        Boolean certified,
    @JsonPropertyDescription("Settings of the adapter, like bootLag of simulated.") @Size(max = 32)
        Map<String, String> settings)
    implements ProviderBuilder.With {
  public Provider {
    settings = Copies.of(settings);
  }
}
