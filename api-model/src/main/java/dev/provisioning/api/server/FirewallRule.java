package dev.provisioning.api.server;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.provisioning.api.Formats;
import dev.provisioning.api.Protocol;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.soabase.recordbuilder.core.RecordBuilder;

/** Traffic that is let through. */
@RecordBuilder
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value = "has(self.protocol) && self.protocol == 'Icmp' ? !has(self.ports) : has(self.ports)",
    message = "a rule for Tcp or Udp names ports, and one for Icmp names none")
@ValidationRule(
    value =
        "!has(self.ports) || !self.ports.matches('^[0-9]{1,5}(-[0-9]{1,5})?$') || (self.ports.split('-').all(p, int(p) >= 1 && int(p) <= 65535) && int(self.ports.split('-')[0]) <= int(self.ports.split('-')[size(self.ports.split('-')) - 1]))",
    message = "ports are from 1 to 65535, the lower one first, like 8000-8100",
    fieldPath = ".ports")
@ValidationRule(
    value = "!has(self.source) || isCIDR(self.source)",
    message = "source is a network as CIDR, like 10.0.0.0/8 or 0.0.0.0/0",
    fieldPath = ".source")
public record FirewallRule(
    @JsonPropertyDescription("Ingress comes to the machine, Egress leaves it. Default: Ingress.")
        Direction direction,
    @JsonPropertyDescription("Tcp, Udp or Icmp. Default: Tcp.") Protocol protocol,
    @JsonPropertyDescription(
            "One port or a range in quotes, like \"443\" or \"8000-8100\"; absent for Icmp.")
        @Pattern(Formats.PORTS)
        String ports,
    @JsonPropertyDescription("The other side as CIDR, like 0.0.0.0/0. Default: anywhere.")
        @Size(min = 1, max = 49)
        String source)
    implements FirewallRuleBuilder.With {}
