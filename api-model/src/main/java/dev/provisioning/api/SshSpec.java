package dev.provisioning.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** How to log in to a machine. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record SshSpec(
    @JsonPropertyDescription(
            "User to log in as; must be root or have passwordless sudo. Default: admin.")
        @Pattern(Formats.UNIX_USER)
        String user,
    @JsonPropertyDescription("SSH port. Default: 22.") @Min(1) @Max(65535) Integer port,
    @JsonPropertyDescription(
            "Secret with the private key; key ssh-privatekey unless named. Default: Secret <workspace>-ssh, which the operator makes when it is absent.")
        SecretRef keySecretRef,
    @JsonPropertyDescription(
            "Further public keys that may log in to machines that the operator creates, in the form of an authorized_keys line.")
        @Size(max = 16)
        List<String> authorizedKeys,
    @JsonPropertyDescription(
            "Fingerprints of the host keys to accept, like SHA256:…, as ssh-keygen -l prints them. Needed for machines that the operator does not create.")
        @Size(max = 8)
        List<String> hostKeys,
    @JsonPropertyDescription(
            "Pinned accepts only known host keys; TrustOnFirstUse records the first key seen in status.hostKeys. Default: Pinned.")
        HostKeyPolicy hostKeyPolicy,
    @JsonPropertyDescription("A jump host between the operator and the machine.") Bastion bastion)
    implements SshSpecBuilder.With {
  public SshSpec {
    authorizedKeys = Copies.of(authorizedKeys);
    hostKeys = Copies.of(hostKeys);
  }
}
