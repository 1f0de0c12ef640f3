package dev.provisioning.api.workspace;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.provisioning.api.Copies;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;

/** Whether one provider can be used. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ProviderStatus(
    @JsonPropertyDescription("Name of the provider.") @Required @Size(max = 63) String name,
    @JsonPropertyDescription("Whether credentials, permissions and endpoint work.") Boolean ready,
    @JsonPropertyDescription("Stable CamelCase word for why.") @Size(max = 63) String reason,
    @JsonPropertyDescription("Why, in a sentence.") @Size(max = 1024) String message,
    @JsonPropertyDescription("What it can do, like power or firewall.") @Size(max = 32)
        List<String> capabilities,
    @JsonPropertyDescription("When ready, reason or message last changed.") Instant lastChecked)
    implements ProviderStatusBuilder.With {
  public ProviderStatus {
    capabilities = Copies.of(capabilities);
  }
}
