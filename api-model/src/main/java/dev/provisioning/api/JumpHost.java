package dev.provisioning.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** The first hop of two to a machine. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record JumpHost(
    @JsonPropertyDescription("Name or address of the jump host.") @Required @Pattern(Formats.HOST)
        String host,
    @JsonPropertyDescription("SSH port. Default: 22.") @Min(1) @Max(65535) Integer port,
    @JsonPropertyDescription("User to log in as. Default: the user of the machine behind it.")
        @Pattern(Formats.UNIX_USER)
        String user,
    @JsonPropertyDescription(
            "Secret with the private key; key ssh-privatekey unless named. Default: the key of the machine behind it.")
        SecretRef keySecretRef,
    @JsonPropertyDescription(
            "Fingerprints of the host keys to accept, like SHA256:…, as ssh-keygen -l prints them.")
        @Size(max = 8)
        List<String> hostKeys,
    @JsonPropertyDescription(
            "Pinned accepts only hostKeys; TrustOnFirstUse records the first key seen. Default: Pinned.")
        HostKeyPolicy hostKeyPolicy)
    implements JumpHostBuilder.With {
  public JumpHost {
    hostKeys = Copies.of(hostKeys);
  }
}
