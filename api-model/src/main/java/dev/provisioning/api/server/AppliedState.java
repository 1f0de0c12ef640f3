package dev.provisioning.api.server;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.provisioning.api.Copies;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;

/**
 * What the machine was ordered as, and, once it ran, what the operator last brought it to. A wish
 * that differs from it is a change of the spec; a machine that differs from it was changed by
 * somebody else.
 */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record AppliedState(
    @JsonPropertyDescription("The size as the spec named it; absent when it named resources.")
        @Size(max = 63)
        String plan,
    @JsonPropertyDescription("The image as the spec named it.") @Size(max = 253) String image,
    @JsonPropertyDescription("The zone as the spec named it.") @Size(max = 63) String zone,
    @JsonPropertyDescription("The network as the spec named it.") @Size(max = 253) String vpc,
    @JsonPropertyDescription("The subnet as the spec named it.") @Size(max = 253) String subnet,
    @JsonPropertyDescription("Whether the machine was to have a public IPv4 address.")
        Boolean publicIpv4,
    @JsonPropertyDescription("Whether the machine was to have an IPv6 address.") Boolean ipv6,
    @JsonPropertyDescription("The disk with the operating system, as it was to be.") RootDisk root,
    @JsonPropertyDescription("Whether the machine was to run.") PowerState powerState,
    @JsonPropertyDescription("Tags of the machine at its provider.") @Size(max = 40)
        Map<String, String> tags,
    @JsonPropertyDescription("Hash of the firewall's rules.") @Size(max = 64) String firewallHash,
    @JsonPropertyDescription(
            "Fields whose change was sent and not seen yet: plan, powerState, tags, firewall.")
        @Size(max = 8)
        List<String> changing)
    implements AppliedStateBuilder.With {
  public AppliedState {
    tags = Copies.of(tags);
    changing = Copies.of(changing);
  }
}
