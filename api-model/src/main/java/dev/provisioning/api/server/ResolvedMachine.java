package dev.provisioning.api.server;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;

/** What a create request was resolved to: a retry sends the same. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ResolvedMachine(
    @JsonPropertyDescription("The provider's name for the size.") @Size(max = 63) String plan,
    @JsonPropertyDescription("The provider's zone.") @Size(max = 63) String zone,
    @JsonPropertyDescription("The provider's id of the image.") @Size(max = 253) String imageId,
    @JsonPropertyDescription("SHA-256 of the user data, in hex.") @Size(max = 64)
        String userDataSha256,
    @JsonPropertyDescription("How many of spec.fallbacks were tried before this.") @Min(0)
        Integer fallback)
    implements ResolvedMachineBuilder.With {}
