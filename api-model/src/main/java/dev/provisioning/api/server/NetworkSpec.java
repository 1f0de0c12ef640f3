package dev.provisioning.api.server;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.provisioning.api.Copies;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** Addresses, placement and firewall of a machine. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record NetworkSpec(
    @JsonPropertyDescription("Whether it gets a public IPv4 address. Default: true.")
        Boolean publicIpv4,
    @JsonPropertyDescription("Whether it gets an IPv6 address. Default: false.") Boolean ipv6,
    @JsonPropertyDescription(
            "The provider's id of the network to be in. Default: the provider's own.")
        @Size(max = 253)
        String vpc,
    @JsonPropertyDescription(
            "The provider's id of the subnet to be in. Default: the provider's own.")
        @Size(max = 253)
        String subnet,
    @JsonPropertyDescription("What is let through; with no rule the provider's default holds.")
        @Size(max = 64)
        List<FirewallRule> firewall)
    implements NetworkSpecBuilder.With {
  public NetworkSpec {
    firewall = Copies.of(firewall);
  }
}
