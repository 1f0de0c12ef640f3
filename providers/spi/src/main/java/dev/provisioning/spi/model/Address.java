package dev.provisioning.spi.model;

/** One address of a machine; {@code value} is an IP address or a name, without a port. */
public record Address(Type type, String value) {
  /** What it is and from where it can be reached. */
  public enum Type {
    PUBLIC_IPV4,
    PRIVATE_IPV4,
    IPV6,
    HOSTNAME
  }
}
