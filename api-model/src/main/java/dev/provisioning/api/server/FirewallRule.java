package dev.provisioning.api.server;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.provisioning.api.Protocol;
import io.fabric8.generator.annotation.Pattern;
import io.soabase.recordbuilder.core.RecordBuilder;

/** Traffic that is let through. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record FirewallRule(
    @JsonPropertyDescription("Ingress comes to the machine, Egress leaves it. Default: Ingress.")
        Direction direction,
    @JsonPropertyDescription("Tcp, Udp or Icmp. Default: Tcp.") Protocol protocol,
    @JsonPropertyDescription("One port or a range, like 443 or 8000-8100; absent for Icmp.")
        @Pattern("^[0-9]{1,5}(-[0-9]{1,5})?$")
        String ports,
    @JsonPropertyDescription("The other side as CIDR, like 0.0.0.0/0. Default: anywhere.")
        @Pattern("^[0-9a-fA-F.:]{2,45}/[0-9]{1,3}$")
        String source)
    implements FirewallRuleBuilder.With {}
