package dev.provisioning.spi.model;

/** One address of a machine. */
public record Address(Type type, String value) {
  public enum Type {
    PUBLIC_IPV4,
    PRIVATE_IPV4,
    IPV6,
    HOSTNAME
  }
}
