package dev.provisioning.api.server;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;

/** The host key that a new machine is expected to show at first contact. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record BootstrapKey(
    @JsonPropertyDescription("Its fingerprint, like SHA256:….") @Size(max = 64) String fingerprint,
    @JsonPropertyDescription("Its public half.") @Size(max = 1024) String publicKey,
    @JsonPropertyDescription("The machine it was made for.") @Min(0) Integer incarnation)
    implements BootstrapKeyBuilder.With {}
