package dev.provisioning.spi.model;

import java.util.List;
import java.util.Optional;

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

  /** {@code ports} is {@code 443} or {@code 8000-8100}; {@code source} is a CIDR. */
  public record FirewallRule(Direction direction, Protocol protocol, String ports, String source) {}

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
