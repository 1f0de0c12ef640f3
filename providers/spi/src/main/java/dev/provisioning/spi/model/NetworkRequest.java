package dev.provisioning.spi.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Addresses, placement and firewall of a machine. Empty {@code firewall}: the provider's default.
 */
public record NetworkRequest(
    boolean publicIpv4,
    boolean ipv6,
    Optional<String> vpc,
    Optional<String> subnet,
    List<FirewallRule> firewall) {
  public NetworkRequest {
    firewall = List.copyOf(firewall);
  }

  /**
   * What {@link Machine#firewallHash} is for these rules: 32 hex digits of SHA-256 over the sorted
   * rules, since their order means nothing.
   */
  public static String firewallHash(List<FirewallRule> rules) {
    return Sha256.hex(
            rules.stream()
                .map(r -> r.direction() + " " + r.protocol() + " " + r.ports() + " " + r.source())
                .sorted()
                .collect(Collectors.joining("\n")))
        .substring(0, 32);
  }

  /** {@code ports} is {@code 443} or {@code 8000-8100}; {@code source} is a CIDR. */
  public record FirewallRule(Direction direction, Protocol protocol, String ports, String source) {}

  /** As the machine sees it. */
  public enum Direction {
    INGRESS,
    EGRESS
  }

  public enum Protocol {
    TCP,
    UDP,
    ICMP
  }
}
